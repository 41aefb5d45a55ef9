package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.Corpora;
import dev.ragline.store.Revisions;
import dev.ragline.store.milvus.Steps.Step;
import dev.ragline.testing.TestExecution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A process that changes a store in Milvus again and again, prints each change that it begins and
 * each that is done, and halts, as in a crash, when a step has been done for the n-th time.
 */
final class CrashingProcess implements AutoCloseable {
  static final CorpusId CORPUS = new CorpusId("docs");
  static final String DOCUMENT = "doc";
  static final int STATUS = 77;

  private static final String WRITING = "writing ";
  private static final String WRITTEN = "written ";

  private final Process process;
  private final MilvusStoreConfig config;
  private final Step step;

  private CrashingProcess(Process process, MilvusStoreConfig config, Step step) {
    this.process = process;
    this.config = config;
    this.step = step;
  }

  /** Of its store. */
  MilvusStoreConfig config() {
    return config;
  }

  /** After which it halts. */
  Step step() {
    return step;
  }

  /**
   * What a process said.
   *
   * @param writing the last revision that it began to write
   * @param written the last that it was told is there; null for none
   */
  record Last(@Nullable String writing, @Nullable String written) {}

  /** What the process runs: address, prefix, step, times. */
  public static void main(String[] args) {
    Step last = Step.valueOf(args[2]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(args[3]));
    Steps steps =
        step -> {
          if (step == last && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
          }
        };
    MilvusStoreConfig config = MilvusStores.brief(URI.create(args[0]), args[1]);
    try (MilvusChunkStore store = MilvusChunkStore.open(config, steps, TestExecution.SHARED)) {
      for (int i = 0; ; i++) {
        if (i == 0 || isOfCorpus(last)) {
          store.createCorpus(Corpora.of(CORPUS.value()));
        }
        String[] texts = texts(i);
        System.out.println(WRITING + String.join("|", texts));
        store.replaceDocument(CORPUS, Revisions.of(DOCUMENT, texts), Call.UNLIMITED);
        System.out.println(WRITTEN + String.join("|", texts));
        if (isOfCorpus(last)) {
          store.deleteCorpus(CORPUS, corpus -> {});
        }
      }
    }
  }

  private static boolean isOfCorpus(Step step) {
    return step.compareTo(Step.CREATION_NOTED) >= 0;
  }

  /** Texts that differ from those of any other write, and are now more and now fewer. */
  private static String[] texts(int write) {
    return Collections.nCopies(1 + write % 3, "write " + write).toArray(String[]::new);
  }

  /** Starts one that halts. */
  static CrashingProcess start(MilvusStoreConfig config, Step step, int times) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingProcess.class.getName(),
            config.uri().toString(),
            config.prefix(),
            step.name(),
            Integer.toString(times));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new CrashingProcess(process, config, step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has halted; fails when it ended otherwise. */
  Last last() {
    String writing = null;
    String written = null;
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(WRITING)) {
          writing = content(line, WRITING);
        } else if (line.startsWith(WRITTEN)) {
          written = content(line, WRITTEN);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int status = process.onExit().join().exitValue();
    if (status != STATUS) {
      throw new AssertionError("the process ended with " + status);
    }
    return new Last(writing, written);
  }

  private static String content(String line, String prefix) {
    return line.substring(prefix.length()).replace("|", "\n\n");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
