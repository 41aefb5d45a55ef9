package dev.ragline.operation;

import dev.ragline.document.RagException;
import java.util.regex.Pattern;

/**
 * The last segment of {@code operations/{operation}}; ordered by the time at which the operations
 * began.
 */
public record OperationId(String value) implements Comparable<OperationId> {
  private static final Pattern VALID = Pattern.compile("[a-z0-9-]{1,63}");

  public OperationId {
    if (!VALID.matcher(value).matches()) {
      throw RagException.invalid("name", "an operation id is 1 to 63 of a-z 0-9 -");
    }
  }

  /** The resource name, {@code operations/{operation}}. */
  public String resourceName() {
    return "operations/" + value;
  }

  @Override
  public int compareTo(OperationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
