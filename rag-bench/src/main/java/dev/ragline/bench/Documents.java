package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is brought in and what is asked.
 *
 * @param contents the Markdown files of a folder by document id
 * @param questions the headings of the documents, which in a FAQ are its questions
 */
record Documents(Map<String, byte[]> contents, List<String> questions) {
  private static final int LONG_WORD = 6;

  static Documents read(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    List<String> questions =
        contents.values().stream()
            .flatMap(content -> headings(new String(content, UTF_8)))
            .toList();
    if (questions.isEmpty()) {
      throw new IOException("no Markdown with headings in " + folder);
    }
    return new Documents(contents, questions);
  }

  /** The text of the headings; a comment in a block of code passes for one, and does no harm. */
  private static Stream<String> headings(String markdown) {
    return markdown
        .lines()
        .filter(line -> line.matches("#{1,6} .*\\w.*"))
        .map(line -> line.replaceFirst("#+ ", "").strip());
  }

  /** The question of a call, the same in every run. */
  String question(int call) {
    return questions.get(call % questions.size());
  }

  /** The longer words of the documents, each once. */
  List<String> words() {
    return contents.values().stream()
        .flatMap(content -> Stream.of(new String(content, UTF_8).split("[^a-zA-Z]+")))
        .filter(word -> word.length() >= LONG_WORD)
        .distinct()
        .toList();
  }
}
