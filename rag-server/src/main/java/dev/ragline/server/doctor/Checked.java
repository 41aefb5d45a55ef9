package dev.ragline.server.doctor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check found out.
 *
 * @param where an origin or a folder, without anything that may be secret
 * @param answers whether it did what it is there for
 * @param speed null where it did not
 * @param facts those that are known
 */
public record Checked(
    String what,
    String where,
    boolean answers,
    @Nullable Speed speed,
    Map<Fact, String> facts,
    List<Finding> findings) {
  public Checked {
    EnumMap<Fact, String> copy = new EnumMap<>(Fact.class);
    copy.putAll(facts);
    facts = Collections.unmodifiableMap(copy);
    findings = List.copyOf(findings);
  }

  /** Whether it answers and nothing will go wrong. */
  public boolean isWell() {
    return answers && findings.stream().noneMatch(f -> f.kind() == Finding.Kind.PROBLEM);
  }
}
