package dev.ragline.client.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.ragline.v1.Turn;
import dev.ragline.v1.TurnRole;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What was said before a question. */
final class HistoryOptions {
  private static final String ASSISTANT = "assistant";
  private static final String USER = "user";

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "What was said before, so that the question may follow upon it: a turn a line, as"
              + " {\"role\": \"user\", \"text\": \"…\"}; the other role is assistant.")
  private @Nullable Path file;

  @Option(
      names = "--turn",
      paramLabel = "[ROLE:]TEXT",
      description =
          "One turn, after those of --history; can be repeated. ROLE is user, where not given, or"
              + " assistant.")
  private List<String> turns = List.of();

  /** The turns, the oldest first. */
  List<Turn> turns() {
    List<Turn> all = new ArrayList<>();
    if (file != null) {
      all.addAll(read(file));
    }
    turns.forEach(turn -> all.add(spoken(turn)));
    return all;
  }

  private static Turn spoken(String turn) {
    String lower = turn.toLowerCase(Locale.ROOT);
    for (String role : List.of(ASSISTANT, USER)) {
      if (lower.startsWith(role + ":")) {
        return turn(role, turn.substring(role.length() + 1), "--turn");
      }
    }
    return turn(USER, turn, "--turn");
  }

  private static List<Turn> read(Path file) {
    List<Turn> turns = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        turns.add(parse(lines.get(i), "%s, line %d".formatted(file, i + 1)));
      }
    }
    return turns;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw CommandException.usage("there is no file " + file);
    } catch (CharacterCodingException e) {
      throw CommandException.usage(file + " is not in UTF-8");
    } catch (IOException e) {
      throw CommandException.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Turn parse(String line, String place) {
    Struct.Builder object = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(line, object);
    } catch (InvalidProtocolBufferException e) {
      throw CommandException.usage(place + ": is no JSON object");
    }
    return turn(text(object, "role", place), text(object, "text", place), place);
  }

  private static String text(Struct.Builder object, String field, String place) {
    Value value = object.getFieldsOrDefault(field, Value.getDefaultInstance());
    if (!value.hasStringValue()) {
      throw CommandException.usage("%s: there is no '%s'".formatted(place, field));
    }
    return value.getStringValue();
  }

  private static Turn turn(String role, String text, String place) {
    if (text.isBlank()) {
      throw CommandException.usage(place + ": the turn is empty");
    }
    TurnRole who =
        switch (role) {
          case USER -> TurnRole.TURN_ROLE_USER;
          case ASSISTANT -> TurnRole.TURN_ROLE_ASSISTANT;
          default ->
              throw CommandException.usage(
                  "%s: the role is user or assistant, not '%s'".formatted(place, role));
        };
    return Turn.newBuilder().setRole(who).setText(text.strip()).build();
  }
}
