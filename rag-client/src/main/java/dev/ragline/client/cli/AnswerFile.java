package dev.ragline.client.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value.KindCase;
import com.google.protobuf.util.JsonFormat;
import dev.ragline.client.verification.AnswerVerifier;
import dev.ragline.client.verification.Verification;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.StreamAskResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as it was saved, in protobuf JSON: an Answer or AskResponse by itself, or the events of
 * a stream, one a line, as {@code ask --json} prints them.
 */
final class AnswerFile {
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private final Answer answer;
  private final List<AnswerEvent> events;

  private AnswerFile(Answer answer, List<AnswerEvent> events) {
    this.answer = answer;
    this.events = events;
  }

  /** Reads what a file holds; fails with what is wrong with it. */
  static AnswerFile parse(String json) {
    List<String> lines = json.lines().filter(line -> !line.isBlank()).toList();
    try {
      boolean isOne = lines.size() < 2 || !isObject(lines.get(0));
      Struct first = struct(isOne ? json : lines.get(0));
      if (!isEvent(first)) {
        return new AnswerFile(answer(json, first), List.of());
      }
      List<AnswerEvent> events = new ArrayList<>();
      for (String line : isOne ? List.of(json) : lines) {
        events.add(event(line));
      }
      return new AnswerFile(Answer.getDefaultInstance(), events);
    } catch (InvalidProtocolBufferException e) {
      throw CommandException.failed(
          "this is no answer in JSON: " + Text.oneLine(String.valueOf(e.getMessage())));
    }
  }

  /** Checks the answer, and the events where there are any. */
  Verification verify(AnswerVerifier verifier) {
    if (events.isEmpty()) {
      return verifier.verify(answer);
    }
    return verifier
        .verify(events)
        .orElseThrow(() -> CommandException.failed("no event here holds the whole answer"));
  }

  private static boolean isObject(String line) {
    try {
      var unused = struct(line);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static boolean isEvent(Struct object) {
    return object.containsFields("event") || object.containsFields("elapsed");
  }

  private static Answer answer(String json, Struct object) throws InvalidProtocolBufferException {
    boolean wrapped =
        object.containsFields("answer")
            && object.getFieldsOrThrow("answer").getKindCase() == KindCase.STRUCT_VALUE;
    Answer answer =
        wrapped
            ? read(json, AskResponse.newBuilder()).getAnswer()
            : read(json, Answer.newBuilder()).build();
    if (answer.getName().isEmpty()) {
      throw new InvalidProtocolBufferException("it has no name");
    }
    return answer;
  }

  private static AnswerEvent event(String json) throws InvalidProtocolBufferException {
    return isWrapped(json)
        ? read(json, StreamAskResponse.newBuilder()).getEvent()
        : read(json, AnswerEvent.newBuilder()).build();
  }

  private static boolean isWrapped(String json) throws InvalidProtocolBufferException {
    return struct(json).containsFields("event");
  }

  private static Struct struct(String json) throws InvalidProtocolBufferException {
    return read(json, Struct.newBuilder()).build();
  }

  private static <B extends Message.Builder> B read(String json, B into)
      throws InvalidProtocolBufferException {
    PARSER.merge(json, into);
    return into;
  }
}
