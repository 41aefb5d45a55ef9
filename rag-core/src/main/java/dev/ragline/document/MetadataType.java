package dev.ragline.document;

/** What the values of a field of metadata are. */
public enum MetadataType {
  STRING,
  /** Whole numbers that JSON carries exactly, −(2⁵³−1) to 2⁵³−1. */
  INT,
  /** Finite numbers of double precision. */
  DOUBLE,
  BOOL,
  /** Points in time of the years 1 to 9999, to the microsecond. */
  TIMESTAMP,
  STRING_LIST
}
