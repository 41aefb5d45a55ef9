package dev.ragline.filter;

import java.util.List;

/**
 * Which documents are wanted. There is no negation but at the leaves: CEL knows three outcomes,
 * true, false and an error where a field is missing, and only where it is true is the document
 * wanted. So that stores need but two, negations were pushed down to where each leaf says by itself
 * what is wanted: the field is there and is so, or the field is there and is not so.
 */
public sealed interface Filter {
  /** All of them; an empty list lets every document pass. */
  record And(List<Filter> of) implements Filter {
    public And {
      of = List.copyOf(of);
    }
  }

  /** Any of them; an empty list lets no document pass. */
  record Or(List<Filter> of) implements Filter {
    public Or {
      of = List.copyOf(of);
    }
  }

  /** The document has the field, or has it not. */
  record Has(Field.OfMetadata field, boolean there) implements Filter {}

  /**
   * The document has the field, and it meets the condition or does not.
   *
   * @param so which of the two; a range has its opposite instead
   */
  record Match(Field field, Condition condition, boolean so) implements Filter {
    public Match {
      if (!so && (condition instanceof Condition.Above || condition instanceof Condition.Below)) {
        throw new IllegalArgumentException("the opposite of a range is the other range");
      }
    }
  }

  /** Lets every document pass. */
  Filter ALL = new And(List.of());

  /** Lets no document pass. */
  Filter NONE = new Or(List.of());
}
