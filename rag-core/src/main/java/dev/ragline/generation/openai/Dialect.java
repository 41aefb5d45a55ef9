package dev.ragline.generation.openai;

/** What endpoints call the same thing. */
enum Dialect {
  /** As nearly all that are compatible. */
  COMMON,
  /** Calls the limit {@code max_completion_tokens}; its models that reason refuse the old name. */
  OPENAI,
  /** Calls the seed {@code random_seed}, and refuses names that it does not know. */
  MISTRAL;

  /** What an endpoint speaks, by the name of its preset. */
  static Dialect of(String endpoint) {
    if (endpoint.equals(ChatModelPreset.MISTRAL.id())) {
      return MISTRAL;
    }
    boolean openAi =
        endpoint.equals(ChatModelPreset.OPENAI.id()) || endpoint.equals(ChatModelPreset.AZURE.id());
    return openAi ? OPENAI : COMMON;
  }
}
