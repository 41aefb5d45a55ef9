package dev.ragline.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** Finds out which streams a person looks at; the JDK knows it for all of them together only. */
final class TerminalCheck {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private TerminalCheck() {}

  static Shell.Terminals streams() {
    return new Shell.Terminals(isTerminal(1), isTerminal(2));
  }

  private static boolean isTerminal(int descriptor) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return Ansi.AUTO.enabled(); // not Linux: picocli's judgement of the console
    }
    try {
      String target =
          Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
