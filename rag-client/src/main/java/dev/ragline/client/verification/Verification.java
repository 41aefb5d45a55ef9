package dev.ragline.client.verification;

import java.util.List;

/**
 * What came of checking an answer.
 *
 * @param citations how many were checked
 * @param passages how many were checked
 * @param findings what does not hold; empty where everything does
 */
public record Verification(int citations, int passages, List<Finding> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }

  /** Whether everything holds. */
  public boolean holds() {
    return findings.isEmpty();
  }
}
