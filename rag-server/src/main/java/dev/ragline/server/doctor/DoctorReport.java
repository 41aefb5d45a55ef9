package dev.ragline.server.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tells people and scripts what was found out.
 *
 * @param hidden what is left out
 */
public record DoctorReport(List<Checked> checked, Hidden hidden) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public DoctorReport {
    checked = List.copyOf(checked);
  }

  /** Whether all answer and nothing will go wrong. */
  public boolean isWell() {
    return checked.stream().allMatch(Checked::isWell);
  }

  /** A table, and sentences below it. */
  public void printText(PrintStream out) {
    printTable(out);
    boolean problems = printFindings("Will go wrong:", Finding.Kind.PROBLEM, out);
    printFindings("Worth knowing:", Finding.Kind.NOTE, out);
    if (!problems) {
      out.println();
      out.println("All answer.");
    }
  }

  private void printTable(PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    Stream<String> own = Stream.of("WHAT", "WHERE", "ANSWERS", "MS");
    rows.add(Stream.concat(own, Stream.of(Fact.values()).map(Fact::name)).toList());
    checked.forEach(one -> rows.add(row(one)));
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], width(row.get(i)));
          }
        });
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)) + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private List<String> row(Checked one) {
    List<String> cells = new ArrayList<>();
    cells.add(one.what());
    cells.add(hidden.clean(one.where()));
    cells.add(one.answers() ? "yes" : "no");
    cells.add(one.speed() == null ? "-" : one.speed().toString());
    for (Fact fact : Fact.values()) {
      cells.add(hidden.clean(one.facts().getOrDefault(fact, "-")));
    }
    return cells;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private boolean printFindings(String heading, Finding.Kind kind, PrintStream out) {
    boolean any = false;
    for (Checked one : checked) {
      for (Finding finding : one.findings()) {
        if (finding.kind() == kind) {
          if (!any) {
            out.println();
            out.println(heading);
          }
          any = true;
          out.println("- " + one.what() + ": " + hidden.clean(finding.text()));
        }
      }
    }
    return any;
  }

  private void put(Fact fact, String value, ObjectNode line) {
    switch (fact) {
      case WINDOW, DIMENSION -> line.put(fact.key(), Integer.parseInt(value));
      case MODEL, API, POOLING, PREFIXES -> line.put(fact.key(), hidden.clean(value));
    }
  }

  /** A line of JSON for each thing that was asked. */
  public void printJson(PrintStream out) {
    for (Checked one : checked) {
      ObjectNode line = JSON.createObjectNode();
      line.put("what", one.what());
      line.put("where", hidden.clean(one.where()));
      line.put("answers", one.answers());
      Speed speed = one.speed();
      if (speed != null) {
        line.put("milliseconds", speed.whole().toMillis());
        if (speed.first() != null) {
          line.put("millisecondsToFirstText", speed.first().toMillis());
        }
      }
      one.facts().forEach((fact, value) -> put(fact, value, line));
      ArrayNode findings = line.putArray("findings");
      for (Finding finding : one.findings()) {
        ObjectNode node = findings.addObject();
        node.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
        node.put("text", hidden.clean(finding.text()));
      }
      out.println(line);
    }
  }
}
