package dev.ragline.client.cli;

import java.nio.file.Path;

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
    return new SourceFile(path, id(place.toString()), place.toString());
  }

  /** A document id has no slashes; the other two replacements keep different places different. */
  static String id(String place) {
    return place.replace("%", "%25").replace("~", "%7E").replace('/', '~');
  }
}
