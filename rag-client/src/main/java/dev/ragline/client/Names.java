package dev.ragline.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resource names of {@code ragline.v1}. Ids go into a name as they are, nothing is quoted; what an
 * id may look like is the server's to judge, here only what would change the name's structure is
 * refused.
 */
public final class Names {
  private static final Pattern CORPUS = Pattern.compile("corpora/([^/]+)");
  private static final Pattern DOCUMENT = Pattern.compile("corpora/([^/]+)/documents/([^/]+)");

  private static final Pattern ANSWER = Pattern.compile("corpora/([^/]+)/answers/([^/]+)");

  private Names() {}

  /**
   * {@code corpora/{corpus}}.
   *
   * @throws IllegalArgumentException when the id is empty or holds a slash
   */
  public static String corpus(String corpusId) {
    return "corpora/" + segment("corpus", corpusId);
  }

  /**
   * {@code corpora/{corpus}/documents/{document}}.
   *
   * @throws IllegalArgumentException when an id is empty or holds a slash
   */
  public static String document(String corpusId, String documentId) {
    return corpus(corpusId) + "/documents/" + segment("document", documentId);
  }

  /**
   * {@code corpora/{corpus}/answers/{answer}}.
   *
   * @throws IllegalArgumentException when an id is empty or holds a slash
   */
  public static String answer(String corpusId, String answerId) {
    return corpus(corpusId) + "/answers/" + segment("answer", answerId);
  }

  /** Whether this is {@code corpora/{corpus}/answers/{answer}}. */
  public static boolean isAnswer(String name) {
    return ANSWER.matcher(name).matches();
  }

  /** Whether this is {@code corpora/{corpus}}. */
  public static boolean isCorpus(String name) {
    return CORPUS.matcher(name).matches();
  }

  /** Whether this is {@code corpora/{corpus}/documents/{document}}. */
  public static boolean isDocument(String name) {
    return DOCUMENT.matcher(name).matches();
  }

  /**
   * The corpus id in the name of a corpus, or of anything in a corpus.
   *
   * @throws IllegalArgumentException when the name is of another form
   */
  public static String corpusId(String name) {
    Matcher matcher = CORPUS.matcher(name);
    if (!matcher.lookingAt()) {
      throw new IllegalArgumentException("not the name of a corpus: " + name);
    }
    return matcher.group(1);
  }

  /**
   * The document id in the name of a document, or of anything in a document.
   *
   * @throws IllegalArgumentException when the name is of another form
   */
  public static String documentId(String name) {
    Matcher matcher = DOCUMENT.matcher(name);
    if (!matcher.lookingAt()) {
      throw new IllegalArgumentException("not the name of a document: " + name);
    }
    return matcher.group(2);
  }

  private static String segment(String kind, String id) {
    if (id.isEmpty() || id.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "a " + kind + " id is not empty and holds no '/': '" + id + "'");
    }
    return id;
  }
}
