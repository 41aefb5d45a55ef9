package dev.ragline.server.grpc;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import dev.ragline.document.RagException;
import dev.ragline.v1.Passage;
import java.util.List;
import java.util.Set;

/**
 * Which fields of passages are wanted (AIP-157).
 *
 * @param paths each field once
 */
record PassageMask(FieldMask paths) {
  private static final String ALL = "*";
  private static final int SHOWN = 64;
  private static final Set<String> TEXTS = Set.of("chunk.text", "expanded.text");

  /**
   * Reads a mask; one that is empty or has {@code *} wants all.
   *
   * @throws RagException INVALID_ARGUMENT for a path that is no field of a passage
   */
  static PassageMask of(String field, FieldMask mask) {
    for (String path : mask.getPathsList()) {
      if (!path.equals(ALL) && !FieldMaskUtil.isValid(Passage.class, path)) {
        String shown = path.replaceAll("[^A-Za-z0-9_.]", "?");
        throw RagException.invalid(
            field,
            "names '%s', which passages do not have"
                .formatted(shown.substring(0, Math.min(SHOWN, shown.length()))));
      }
    }
    if (mask.getPathsList().contains(ALL)) {
      return new PassageMask(FieldMask.getDefaultInstance());
    }
    return new PassageMask(FieldMaskUtil.normalize(withTruncation(mask)));
  }

  /** Whoever gets a text is told whether it is all of it. */
  private static FieldMask withTruncation(FieldMask mask) {
    FieldMask.Builder paths = mask.toBuilder();
    mask.getPathsList().stream()
        .filter(TEXTS::contains)
        .forEach(text -> paths.addPaths(text + "_truncated"));
    return paths.build();
  }

  /** The passages with what is wanted of them. */
  List<Passage> trim(List<Passage> passages) {
    return paths.getPathsCount() == 0
        ? passages
        : passages.stream().map(passage -> FieldMaskUtil.trim(paths, passage)).toList();
  }
}
