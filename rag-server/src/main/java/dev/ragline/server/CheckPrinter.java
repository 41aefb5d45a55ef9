package dev.ragline.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.CorpusReport;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.StoreReport;
import java.io.PrintStream;

/** Tells people and scripts what a check found. */
final class CheckPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  private CheckPrinter(PrintStream out) {
    this.out = out;
  }

  static void print(StoreReport report, boolean json, PrintStream out) {
    CheckPrinter printer = new CheckPrinter(out);
    if (json) {
      printer.printJson(report);
    } else {
      printer.printText(report);
    }
  }

  private void printText(StoreReport report) {
    for (CorpusReport corpus : report.corpora()) {
      CorpusFault fault = corpus.fault();
      CorpusStats stats = corpus.stats();
      String holds =
          stats == null
              ? ""
              : ", %s in %s"
                  .formatted(
                      CopyReport.count(stats.documents(), "document"),
                      CopyReport.count(stats.chunks(), "chunk"));
      out.println(
          fault == null
              ? corpus.id() + ": whole" + holds
              : "%s: %s; %s".formatted(corpus.id(), fault.description(), advice(corpus, fault)));
    }
    report
        .leftovers()
        .forEach(name -> out.println(name + ": left by a crash; the next start removes it"));
    report.strays().forEach(name -> out.println(name + ": not Ragline's; it is passed over"));
    long broken = report.corpora().stream().filter(corpus -> !corpus.isWhole()).count();
    if (broken > 0) {
      out.println(
          "%d of %d corpora cannot be served; the server starts and serves the others"
              .formatted(broken, report.corpora().size()));
    } else if (report.corpora().isEmpty()) {
      out.println("the store has no corpora");
    }
  }

  private void printJson(StoreReport report) {
    for (CorpusReport corpus : report.corpora()) {
      ObjectNode line = JSON.createObjectNode();
      line.put("corpus", corpus.id().resourceName());
      CorpusFault fault = corpus.fault();
      line.put("state", fault == null ? "WHOLE" : fault.kind().name());
      if (fault != null) {
        line.put("reason", fault.description());
        line.put("advice", advice(corpus, fault));
      }
      CorpusStats stats = corpus.stats();
      if (stats != null) {
        line.put("documents", stats.documents());
        line.put("chunks", stats.chunks());
      }
      out.println(line);
    }
    report.leftovers().forEach(name -> out.println(JSON.createObjectNode().put("leftover", name)));
    report.strays().forEach(name -> out.println(JSON.createObjectNode().put("stray", name)));
  }

  private static String advice(CorpusReport corpus, CorpusFault fault) {
    String delete = "delete it with: rag corpus delete " + corpus.id();
    return switch (fault.kind()) {
      case DAMAGED -> "restore it from a backup, ingest its documents anew, or " + delete;
      case OTHER_VERSION -> "serve or copy it with the version that wrote it, or " + delete;
    };
  }
}
