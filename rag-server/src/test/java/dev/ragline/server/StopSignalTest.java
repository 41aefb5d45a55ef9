package dev.ragline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In processes of their own, which signals end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopSignalTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** Does with a signal what its argument says. */
  static final class Subject {
    private Subject() {}

    public static void main(String[] arguments) throws InterruptedException {
      StopSignal signal = StopSignal.take();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      if (!arguments[0].equals("starting")) {
        signal.drainFirst(arguments[0].equals("hanging") ? Duration.ofMillis(100) : LONG);
      }
      System.out.println("ready");
      signal.await();
      System.out.println("draining");
      if (arguments[0].equals("ending")) {
        System.exit(0);
      }
      new CountDownLatch(1).await();
    }
  }

  private static Process start(String how) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Subject.class.getName(),
                how))
        .start();
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  /**
   * A process started in the background of a shell ignores some signals, and so do its children.
   */
  private static void requireHeard(String signal) throws IOException {
    int bit = List.of("HUP", "INT").indexOf(signal);
    Path status = Path.of("/proc/self/status");
    if (bit >= 0 && Files.isReadable(status)) {
      long ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .findFirst()
              .orElse(0);
      assumeTrue(((ignored >> bit) & 1) == 0, "this process ignores SIG" + signal);
    }
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT", "HUP"})
  void signal_whoeverWaits_isToldAndEndsTheProcessItself(String signal) throws Exception {
    requireHeard(signal);
    Process process = start("ending");
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    send(signal, process);
    assertThat(out.readLine()).isEqualTo("draining");
    assertThat(out.readLine()).isEqualTo("hook");
    assertThat(exitCode(process)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void signal_second_endsAtOnceWithoutHooks(String signal, int exitCode) throws Exception {
    requireHeard(signal);
    Process process = start("waiting");
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    send("TERM", process);
    assertThat(out.readLine()).isEqualTo("draining");
    send(signal, process);
    assertThat(exitCode(process)).isEqualTo(exitCode);
    assertThat(out.readLine()).isNull();
  }

  @Test
  void signal_nothingToDrainYet_endsAtOnce() throws Exception {
    Process process = start("starting");
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    send("TERM", process);
    assertThat(exitCode(process)).isEqualTo(143);
  }

  @Test
  void signal_processThatDoesNotEnd_isCutOff() throws Exception {
    Process process = start("hanging");
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    send("TERM", process);
    assertThat(out.readLine()).isEqualTo("draining");
    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(process.errorReader().readLine()).startsWith("rag: ").endsWith("it is cut off");
    assertThat(out.readLine()).isNull();
  }
}
