package dev.ragline.client.verification;

import dev.ragline.client.verification.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects findings, each once. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(Kind kind, String place, String message) {
    Finding finding = new Finding(kind, place, message);
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  /** Adds a finding unless a condition is met; returns the condition. */
  boolean require(boolean met, Kind kind, String place, String message) {
    if (!met) {
      add(kind, place, message);
    }
    return met;
  }

  List<Finding> all() {
    return all;
  }
}
