package dev.ragline.document;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A value of a field of metadata. Only such are there as every store can keep and compare. */
public sealed interface MetadataValue {
  /** What it is. */
  MetadataType type();

  /** A string. */
  record Text(String value) implements MetadataValue {
    public Text {
      requireUnicode(value);
    }

    @Override
    public MetadataType type() {
      return MetadataType.STRING;
    }
  }

  /** A whole number. */
  record Whole(long value) implements MetadataValue {
    /** The largest number; its negative is the smallest. */
    public static final long MAX = (1L << 53) - 1;

    public Whole {
      if (value < -MAX || value > MAX) {
        throw RagException.invalid("value", "a whole number is within ±(2^53 - 1)");
      }
    }

    @Override
    public MetadataType type() {
      return MetadataType.INT;
    }
  }

  /** A finite number; there is but one zero. */
  record Decimal(double value) implements MetadataValue {
    public Decimal {
      if (!Double.isFinite(value)) {
        throw RagException.invalid("value", "a number must be finite");
      }
      value = value == 0 ? 0 : value;
    }

    @Override
    public MetadataType type() {
      return MetadataType.DOUBLE;
    }
  }

  /** True or false. */
  record Truth(boolean value) implements MetadataValue {
    @Override
    public MetadataType type() {
      return MetadataType.BOOL;
    }
  }

  /** A point in time, to the microsecond. */
  record Time(Instant value) implements MetadataValue {
    /** The first that there is. */
    public static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

    /** Comes after the last that there is. */
    public static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z").plusNanos(1);

    public Time {
      if (value.isBefore(MIN) || !value.isBefore(END)) {
        throw RagException.invalid("value", "a time is in the years 1 to 9999");
      }
      value = value.truncatedTo(ChronoUnit.MICROS);
    }

    /** Microseconds since 1970. */
    public long micros() {
      return ChronoUnit.MICROS.between(Instant.EPOCH, value);
    }

    @Override
    public MetadataType type() {
      return MetadataType.TIMESTAMP;
    }
  }

  /** Some strings, in order. */
  record Texts(List<String> values) implements MetadataValue {
    public Texts {
      values = List.copyOf(values);
      values.forEach(MetadataValue::requireUnicode);
    }

    @Override
    public MetadataType type() {
      return MetadataType.STRING_LIST;
    }
  }

  private static void requireUnicode(String value) {
    if (value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw RagException.invalid("value", "a string must be Unicode");
    }
  }
}
