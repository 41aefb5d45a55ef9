package dev.ragline.upstream;

/** What a model server does for us, as reasons and messages name it. */
public enum Service {
  LLM("the language model", "generate"),
  EMBEDDING("the embedding model", "embed"),
  RERANK("the reranking model", "rerank");

  private final String title;
  private final String stage;

  Service(String title, String stage) {
    this.title = title;
    this.stage = stage;
  }

  /** What it is, for messages. */
  public String title() {
    return title;
  }

  /** What a passed deadline stopped. */
  public String stage() {
    return stage;
  }

  /** The reason of a failure of this service, such as {@code LLM_RATE_LIMITED}. */
  public String reason(String what) {
    return name() + "_" + what;
  }
}
