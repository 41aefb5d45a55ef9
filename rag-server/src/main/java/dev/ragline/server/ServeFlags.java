package dev.ragline.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code rag serve}, and of {@code rag doctor}, that are keys of the configuration.
 */
final class ServeFlags {
  /** Each option with its key, what it takes, and what it is for. */
  private static final String TABLE =
      """
      --port             server.port             N             Port; 0 takes a free one. Default 50051.
      --host             server.host             ADDRESS       Address to listen on. Default 127.0.0.1: \
      this machine only.
      --port-file        server.port-file        FILE          Gets the port once the server answers.
      --store            store.address           ADDRESS       Where corpora are kept: a folder, or a \
      Milvus such as http://localhost:19530. Default ./data.
      --store-token      store.token             TOKEN         An API key or user:password for Milvus. \
      Other users of this machine can see it here; RAGLINE_STORE_TOKEN hides it.
      --store-database   store.database          NAME          Where in Milvus. Default default.
      --embedding        embedding.model         NAME|DIR|URL  What embeds: all-minilm-l6-v2 (default), \
      bge-small-en, a folder with an exported model, or an OpenAI-compatible endpoint.
      --embedding-model  embedding.remote-model  NAME          The model to ask an embedding endpoint for.
      --reranker         rerank.model            DIR           What orders the best passages anew: a \
      folder with a cross-encoder's model.onnx and tokenizer.json. Without it nothing does.
      --llm              llm.name                NAME|URL      What writes answers: lepton, openai, \
      azure, mistral, deepseek, openrouter, ollama, vllm, llamacpp, lmstudio, or an OpenAI-compatible \
      endpoint; again for those to ask when it fails. Without it answers are quoted from the passages.
      --llm-url          llm.url                 URL           Where the preset named by --llm is served \
      instead of its usual place. As --llm-model and --llm-api, once for each --llm.
      --llm-model        llm.model               NAME          The model to ask for.
      --llm-api          llm.api                 API           What the endpoint speaks: chat (default), \
      or responses.
      --llm-context-tokens  limits.context-tokens  N           Tokens that prompt and answer may have \
      together, where the model's real size is not known. 4096 for an unknown model.
      --max-answer-tokens  limits.max-answer-tokens  N         The most tokens of an answer.
      """;

  private static final List<Flag> ALL = TABLE.lines().map(Flag::of).toList();

  /** Before all that says nothing about its order. */
  private static final int FIRST = -1000;

  private ServeFlags() {}

  private record Flag(String option, String key, String value, String description) {
    static Flag of(String row) {
      String[] cells = row.split(" {2,}", 4);
      return new Flag(cells[0], cells[1], cells[2], cells[3]);
    }

    /** Whether it may be given again, for the next endpoint. */
    boolean isList() {
      return key.startsWith("llm.");
    }

    String value(ParseResult parsed) {
      OptionSpec given = parsed.matchedOption(option);
      return isList() ? String.join(",", given.<List<String>>getValue()) : given.<String>getValue();
    }
  }

  /** Lets a command take them; its help shows them before the command's own options. */
  static void addTo(CommandSpec command) {
    for (Flag flag : ALL) {
      command.addOption(
          OptionSpec.builder(flag.option())
              .order(FIRST + ALL.indexOf(flag))
              .type(flag.isList() ? List.class : String.class)
              .auxiliaryTypes(String.class)
              .paramLabel(flag.value())
              .description(flag.description())
              .build());
    }
  }

  /** The values given, by key. */
  static Map<String, String> given(ParseResult parsed) {
    return ALL.stream()
        .filter(flag -> parsed.hasMatchedOption(flag.option()))
        .collect(Collectors.toMap(Flag::key, flag -> flag.value(parsed)));
  }
}
