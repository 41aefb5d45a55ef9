package dev.ragline.embedding.openai;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model wants before a question and before a passage, as its card on Hugging Face says. An
 * endpoint embeds what it gets, so without them such a model finds noticeably less.
 */
public record ModelPrefixes(String question, String passage) {
  private static final ModelPrefixes NONE = new ModelPrefixes("", "");

  private static final String RETRIEVAL_TASK =
      "Instruct: Given a web search query, retrieve relevant passages that answer the query\n"
          + "Query:";

  private static final String BGE = "Represent this sentence for searching relevant passages: ";

  /** A kind of models, by what its names have in them. */
  private record Kind(Pattern names, ModelPrefixes prefixes) {
    static Kind of(String names, String question, String passage) {
      return new Kind(Pattern.compile(names), new ModelPrefixes(question, passage));
    }
  }

  /** The first that fits counts. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.of("e5-.*-?instruct|e5-mistral", RETRIEVAL_TASK + " ", ""),
          Kind.of("(^|[/_-])e5-", "query: ", "passage: "),
          Kind.of("bge-(small|base|large)-en", BGE, ""),
          Kind.of(
              "bge-(small|base|large)-zh",
              "\u4e3a\u8fd9\u4e2a\u53e5\u5b50\u751f\u6210\u8868\u793a\u4ee5\u7528\u4e8e\u68c0\u7d22\u76f8\u5173\u6587\u7ae0\uff1a",
              ""),
          Kind.of("nomic-embed-text", "search_query: ", "search_document: "),
          Kind.of("qwen3-embedding", RETRIEVAL_TASK, ""),
          Kind.of("mxbai-embed-large", BGE, ""),
          Kind.of("arctic-embed.*(-v2|2$)", "query: ", ""),
          Kind.of("arctic-embed", BGE, ""),
          Kind.of("embedding-?gemma", "task: search result | query: ", "title: none | text: "));

  /** The prefixes of the model of that name; none where none are known. */
  static ModelPrefixes of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    return KINDS.stream()
        .filter(kind -> kind.names().matcher(name).find())
        .findFirst()
        .map(Kind::prefixes)
        .orElse(NONE);
  }
}
