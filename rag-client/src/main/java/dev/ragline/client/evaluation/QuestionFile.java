package dev.ragline.client.evaluation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads files of questions: JSON lines, or the JSON of SQuAD 1.1 and 2.0. */
public final class QuestionFile {
  private QuestionFile() {}

  /** What the questions are asked about. */
  public enum Passages {
    /** The passages of the file itself, which then come with the questions. */
    OWN,
    /** A corpus that is there. */
    OF_A_CORPUS
  }

  /**
   * Reads a file of either kind.
   *
   * @throws IOException when it cannot be read
   * @throws QuestionFileException when it is of neither kind, or holds no question
   */
  public static QuestionSet read(Path file, Passages passages) throws IOException {
    return parse(Files.readString(file), passages);
  }

  static QuestionSet parse(String text, Passages passages) {
    List<String> lines = text.lines().toList();
    String first = lines.stream().filter(line -> !line.isBlank()).findFirst().orElse("");
    // JSON lines begin with a whole object; SQuAD is one object, on one line or many.
    boolean squad = object(first).map(QuestionFile::isSquad).orElse(true);
    QuestionSet set = squad ? Squad.parse(whole(text), passages) : JsonLines.parse(lines, passages);
    if (set.questions().isEmpty()) {
      throw new QuestionFileException("holds no question");
    }
    return set;
  }

  private static Struct whole(String text) {
    Struct whole =
        object(text)
            .orElseThrow(
                () ->
                    new QuestionFileException(
                        "is neither JSON lines, each an object, nor the JSON of SQuAD"));
    if (!isSquad(whole)) {
      throw new QuestionFileException("is JSON, but has no list 'data' as SQuAD has");
    }
    return whole;
  }

  private static boolean isSquad(Struct object) {
    return object.getFieldsOrDefault("data", Value.getDefaultInstance()).hasListValue();
  }

  /** The JSON object that a text is; nothing where it is none. */
  static Optional<Struct> object(String text) {
    Struct.Builder object = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(text, object);
      return text.isBlank() ? Optional.empty() : Optional.of(object.build());
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
