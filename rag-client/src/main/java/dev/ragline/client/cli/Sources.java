package dev.ragline.client.cli;

import dev.ragline.client.Names;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Document;
import dev.ragline.v1.Passage;

/** How a passage's origin is shown. */
final class Sources {
  private Sources() {}

  /** What to call the passage's document. */
  static String title(Passage passage) {
    Document document = passage.getDocument();
    return Text.oneLine(document.getTitle().isBlank() ? place(document) : document.getTitle());
  }

  /** Where the document came from: its uri, or its id. */
  static String place(Document document) {
    if (!document.getUri().isBlank()) {
      return Text.oneLine(document.getUri());
    }
    return Names.isDocument(document.getName())
        ? Text.oneLine(Names.documentId(document.getName()))
        : Text.oneLine(document.getName());
  }

  /** The headings above the passage, outermost first. */
  static String headings(Passage passage) {
    return Text.oneLine(String.join(" > ", passage.getChunk().getHeadingPathList()));
  }

  static String bytes(ByteRange range) {
    return "bytes " + range.getStart() + "-" + range.getEnd();
  }

  /** The cited document with its title, and where the quote stands in it. */
  static String describe(Citation citation, Passage passage) {
    Document known = passage.getDocument();
    Document document =
        known.getName().isEmpty()
            ? known.toBuilder().setName(citation.getDocument()).build()
            : known;
    String title = Text.oneLine(document.getTitle());
    String place = place(document);
    String where = title.isEmpty() || title.equals(place) ? place : title + " (" + place + ")";
    return where + ", " + bytes(citation.getSourceRange());
  }
}
