package dev.ragline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What lies in folders. */
final class Folders {
  private Folders() {}

  /** Bytes of all files. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path path : paths(folder)) {
      bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
    }
    return bytes;
  }

  /** A line for each ending of a file's name, with the bytes of all such files. */
  static String byEnding(Path folder) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    for (Path path : paths(folder)) {
      if (Files.isRegularFile(path)) {
        String name = path.getFileName().toString();
        bytes.merge(name.substring(name.lastIndexOf('.') + 1), Files.size(path), Long::sum);
      }
    }
    StringBuilder lines = new StringBuilder();
    bytes.forEach((ending, sum) -> lines.append("%s %.1f MB%n".formatted(ending, sum / 1e6)));
    return lines.toString();
  }

  /** Deletes all of it. */
  static void delete(Path folder) throws IOException {
    for (Path path : paths(folder)) {
      Files.deleteIfExists(path);
    }
  }

  private static List<Path> paths(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
