package dev.ragline.filter;

import dev.ragline.document.MetadataValue;
import java.util.List;

/** What can be asked of a field that a document has. Strings are ordered by code points. */
public sealed interface Condition {
  /** Is one of some values, which are of the field's type; none of an empty list is. */
  record OneOf(List<MetadataValue> values) implements Condition {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /** Is greater than a bound, or just that. */
  record Above(MetadataValue bound, boolean inclusive) implements Condition {}

  /** Is less than a bound, or just that. */
  record Below(MetadataValue bound, boolean inclusive) implements Condition {}

  /** Is a string that begins so. */
  record StartsWith(String prefix) implements Condition {}

  /** Is a list with such an element. */
  record Holds(String element) implements Condition {}
}
