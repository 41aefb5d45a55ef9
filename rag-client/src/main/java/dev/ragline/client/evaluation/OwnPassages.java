package dev.ragline.client.evaluation;

import dev.ragline.client.evaluation.QuestionSet.OwnPassage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The passages of a file as they are read, each text once. */
final class OwnPassages {
  private static final int MAX_ID = 100;

  private final List<OwnPassage> passages = new ArrayList<>();
  private final Map<String, String> documentOfText = new HashMap<>();
  private final Map<String, String> textOfDocument = new HashMap<>();

  List<OwnPassage> all() {
    return passages;
  }

  /**
   * Takes a passage and returns the id of its document, the earlier one for a text that came
   * before.
   *
   * @param id what to call the document; numbered where that is taken
   */
  String add(String id, String title, String text) {
    String known = documentOfText.get(text);
    if (known != null) {
      return known;
    }
    String document = usable(id);
    for (int i = 2; textOfDocument.containsKey(document); i++) {
      document = usable(id) + "-" + i;
    }
    documentOfText.put(text, document);
    textOfDocument.put(document, text);
    passages.add(new OwnPassage(document, title, text));
    return document;
  }

  /** Whether another text is this document already. */
  boolean isOther(String id, String text) {
    String known = textOfDocument.get(usable(id));
    return known != null && !known.equals(text);
  }

  /** The id without what document ids do not have. */
  private static String usable(String id) {
    String clean = id.replaceAll("[/\\p{Cntrl}\\p{Z}]+", "_");
    String kept =
        clean.codePointCount(0, clean.length()) <= MAX_ID
            ? clean
            : clean.substring(0, clean.offsetByCodePoints(0, MAX_ID));
    return kept.isEmpty() ? "passage" : kept;
  }
}
