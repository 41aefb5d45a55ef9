package dev.ragline.client.cli;

import java.nio.file.Path;
import java.text.Normalizer;

/**
 * A file to upload.
 *
 * @param id the document's id, made from the place below the folder that was given
 * @param place that place with slashes, for people
 */
record SourceFile(Path path, String id, String place) {
  /** A file at a place below the folder that was given. */
  static SourceFile of(Path path, Path below) {
    StringBuilder place = new StringBuilder();
    for (Path segment : below) {
      place.append(place.length() == 0 ? "" : "/").append(segment);
    }
    String composed = Normalizer.normalize(place, Normalizer.Form.NFC);
    return new SourceFile(path, id(composed), composed);
  }

  /**
   * A document id has no slashes; the other two replacements keep different places different. Names
   * that look alike are one: some systems give file names decomposed, whatever was typed, and the
   * same tree is to have the same documents everywhere.
   */
  static String id(String place) {
    String composed = Normalizer.normalize(place, Normalizer.Form.NFC);
    return composed.replace("%", "%25").replace("~", "%7E").replace('/', '~');
  }
}
