package dev.ragline.bench;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ragline.retrieval.Likeness;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes what the gate judged by, a line of JSON a question, for whoever fits its weights. */
final class GateSigns implements AutoCloseable {
  /**
   * One question.
   *
   * @param group what it has in common with others: its article, or its conversation
   * @param answered whether the corpus answers it
   * @param likeness null where nothing was found
   */
  private record Line(
      String corpus,
      String question,
      String group,
      boolean answered,
      @Nullable Likeness likeness) {}

  private final SequenceWriter writer;

  /**
   * @param file null to write nothing
   */
  GateSigns(@Nullable Path file) throws IOException {
    OutputStream out = file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(file);
    writer =
        JsonMapper.builder()
            .build()
            .writerFor(Line.class)
            .withRootValueSeparator("\n")
            .writeValues(out);
  }

  /** Writes a line. */
  synchronized void add(
      String corpus, String question, String group, boolean answered, @Nullable Likeness likeness) {
    try {
      writer.write(new Line(corpus, question, group, answered, likeness));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
