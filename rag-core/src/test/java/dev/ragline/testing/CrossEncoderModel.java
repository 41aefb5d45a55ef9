package dev.ragline.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small but real cross-encoder, written by {@code cross_encoder.py}, which says what it knows. It
 * reads 64 tokens of a pair.
 */
public final class CrossEncoderModel {
  private CrossEncoderModel() {}

  /**
   * Writes one; the test is skipped where Python is missing.
   *
   * @param options of the script
   */
  public static void write(Path folder, String... options) {
    Path scripts = Requirements.root().resolve("rag-core/src/test/python");
    PythonEnvironment python =
        PythonEnvironment.of(scripts.resolve("cross-encoder-requirements.txt"), 11);
    List<String> arguments = new ArrayList<>();
    arguments.add(scripts.resolve("cross_encoder.py").toString());
    arguments.add(folder.toString());
    arguments.addAll(List.of(options));
    python.run(arguments.toArray(String[]::new));
  }
}
