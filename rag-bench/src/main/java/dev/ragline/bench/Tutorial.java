package dev.ragline.bench;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same job in plain Python, as a peer on the same machine in the same minutes. The script is
 * given the documents, the model's two files and the mode, and prints a line of JSON with what it
 * took: {@code embed_s}, {@code insert_s}, {@code embed_p50_ms}, {@code embed_search_p50_ms}.
 */
record Tutorial(Path python, Path script, List<String> arguments) {

  /** Runs it once and adds its figures. */
  void run(Path documents, Report report) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
    command.add(documents.resolve("*.md").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the tutorial ended with " + process.exitValue());
    }
    Struct.Builder figures = Struct.newBuilder();
    JsonFormat.parser().merge(out.lines().reduce("", (first, last) -> last), figures);
    Struct all = figures.build();
    report.add("Python: ingest", "ms", 1000 * (number(all, "embed_s") + number(all, "insert_s")));
    report.add("Python: embed a question, p50", "ms", number(all, "embed_p50_ms"));
    report.add("Python: embed and search, p50", "ms", number(all, "embed_search_p50_ms"));
    report.add("Python: most memory", "MB", number(all, "peak_rss_mb"));
  }

  private static double number(Struct figures, String name) throws IOException {
    if (!figures.containsFields(name)) {
      throw new IOException("the tutorial does not say " + name);
    }
    return figures.getFieldsOrThrow(name).getNumberValue();
  }
}
