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
   * @param article of the paragraph that it was asked of
   * @param answered whether that paragraph is in the corpus
   * @param likeness null where nothing was found
   */
  private record Line(
      String corpus, String question, int article, boolean answered, @Nullable Likeness likeness) {}

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
      String corpus, SquadFile.Question question, boolean answered, @Nullable Likeness likeness) {
    try {
      writer.write(
          new Line(corpus, question.text(), question.paragraph().article(), answered, likeness));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
