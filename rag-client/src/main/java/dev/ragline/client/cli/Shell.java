package dev.ragline.client.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command sees of the outside: streams, environment, clock, and Ctrl-C. */
final class Shell {
  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Terminals terminals;
  private final Deque<Runnable> onInterrupt = new ArrayDeque<>();
  private boolean interrupted;

  /** Which of the streams a person looks at. */
  record Terminals(boolean out, boolean err) {}

  Shell(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      InstantSource clock,
      Terminals terminals) {
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.terminals = terminals;
  }

  /** The real one. Properties that the launcher sets stand in for environment variables. */
  static Shell system() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    for (String name : List.of("launcher", "home")) {
      String value = System.getProperty("ragline." + name);
      if (value != null) {
        environment.put("RAGLINE_" + name.toUpperCase(Locale.ROOT), value);
      }
    }
    return new Shell(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        environment,
        InstantSource.system(),
        TerminalCheck.streams());
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** A variable of the environment, empty where it is not set. */
  String environment(String name) {
    return environment.getOrDefault(name, "");
  }

  InstantSource clock() {
    return clock;
  }

  Terminals terminals() {
    return terminals;
  }

  /** Whether output may be coloured; see no-color.org for the variable. */
  boolean coloured() {
    return terminals.out()
        && environment("NO_COLOR").isEmpty()
        && !environment("TERM").equals("dumb");
  }

  /** Tells a person something beside the command's output. */
  void note(String message) {
    err.println("rag: " + message);
  }

  /** Has something done when the user gives up, the last registered first. */
  void onInterrupt(Runnable action) {
    synchronized (onInterrupt) {
      if (!interrupted) {
        onInterrupt.push(action);
        return;
      }
    }
    action.run();
  }

  /** The user gives up. */
  void interrupt() {
    synchronized (onInterrupt) {
      interrupted = true;
    }
    for (Runnable action = next(); action != null; action = next()) {
      action.run();
    }
  }

  boolean interrupted() {
    synchronized (onInterrupt) {
      return interrupted;
    }
  }

  private @Nullable Runnable next() {
    synchronized (onInterrupt) {
      return onInterrupt.poll();
    }
  }

  /** Documents are UTF-8 whatever the locale says. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
