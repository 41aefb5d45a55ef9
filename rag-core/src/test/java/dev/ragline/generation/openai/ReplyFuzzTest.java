package dev.ragline.generation.openai;

import static dev.ragline.generation.openai.Replies.DONE;
import static dev.ragline.generation.openai.Replies.FINISH;
import static dev.ragline.generation.openai.Replies.USAGE;
import static dev.ragline.generation.openai.Replies.event;
import static dev.ragline.generation.openai.Replies.said;
import static dev.ragline.generation.openai.Replies.saidWithFinish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.RagException;
import dev.ragline.generation.ChatOutcome.Finish;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replies that were cut, glued, dropped from and added to: the text is whole, or the answer is not
 * complete. A piece of text that is lost as a whole cannot be noticed in a chat completion, so
 * there only the events without text are dropped; a response repeats its text at the end.
 */
class ReplyFuzzTest {
  private static final int REPLIES = 3000;
  private static final List<String> PIECES =
      List.of(
          "In ", "Oulu ", "data: ", "<b>", "[DONE] ", "ä𝄞", "\\n\\n", "{}", "[1].", "event: x");
  private static final List<String> NOISE =
      List.of(
          ": ping\n\n",
          "\n",
          "event: ping\ndata: {\"type\":\"ping\"}\n\n",
          "id: 7\n",
          "retry: 10\n\n",
          "event: error\n\n",
          "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}\n\n");

  enum Kind {
    USUAL,
    FINISH_WITH_THE_TEXT,
    FINISH_IN_EVERY_CHUNK,
    RESPONSES
  }

  /** An event, and whether the text suffers when it is dropped. */
  private record Event(String lines, boolean hasText) {}

  @ParameterizedTest
  @EnumSource
  void read_replyDamaged_isWholeOrNotComplete(Kind kind) {
    int complete = 0;
    for (int seed = 0; seed < REPLIES; seed++) {
      Random random = new Random(seed);
      List<String> pieces = new ArrayList<>(List.of("So ")); // no white space that may be lost
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        pieces.add(PIECES.get(random.nextInt(PIECES.size())));
      }
      String whole = String.join("", pieces).replace("\\n", "\n");
      StringBuilder text = new StringBuilder();
      Finish finish = read(damaged(events(kind, pieces), kind, random), kind, random, text);
      if (finish == Finish.STOP) {
        complete++;
        assertThat(text).as("seed %d", seed).hasToString(whole);
      } else if (kind != Kind.RESPONSES) {
        assertThat(whole).as("seed %d", seed).startsWith(text);
      }
    }
    assertThat(complete).as("complete answers").isBetween(REPLIES / 4, REPLIES);
  }

  private static Finish read(byte[] body, Kind kind, Random random, StringBuilder text) {
    int length = random.nextInt(3) == 0 ? random.nextInt(body.length) : body.length;
    byte[] cut = Arrays.copyOf(body, length);
    ReplyBody reply =
        random.nextBoolean()
            ? Replies.broken(cut)
            : new ReplyBody(new ByteArrayInputStream(cut), "text/event-stream", false);
    try {
      ChatApi api = kind == Kind.RESPONSES ? ChatApi.RESPONSES : ChatApi.CHAT;
      return Replies.read(api, reply, 100, text::append).finish();
    } catch (RagException e) {
      return Finish.CUT_OFF;
    }
  }

  private static List<Event> events(Kind kind, List<String> pieces) {
    List<Event> events = new ArrayList<>();
    boolean responses = kind == Kind.RESPONSES;
    events.add(new Event(responses ? event("{\"type\":\"response.created\"}") : said(""), false));
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      boolean last = i == pieces.size() - 1;
      events.add(
          new Event(
              switch (kind) {
                case USUAL -> said(piece);
                case FINISH_WITH_THE_TEXT -> last ? saidWithFinish(piece) : said(piece);
                case FINISH_IN_EVERY_CHUNK -> saidWithFinish(piece);
                case RESPONSES ->
                    "event: response.output_text.delta\n"
                        + event(
                            "{\"type\":\"response.output_text.delta\",\"delta\":\"%s\"}"
                                .formatted(piece));
              },
              !responses));
    }
    if (responses) {
      events.add(
          new Event(
              event(
                  """
                  {"type":"response.completed","response":{"status":"completed","output":[\
                  {"type":"message","content":[{"type":"output_text","text":"%s"}]}]}}\
                  """
                      .formatted(String.join("", pieces))),
              false));
      return events;
    }
    if (kind == Kind.USUAL) {
      events.add(new Event(FINISH, false));
    }
    events.add(new Event(USAGE, false));
    events.add(new Event(DONE, false));
    return events;
  }

  private static byte[] damaged(List<Event> events, Kind kind, Random random) {
    StringBuilder body = new StringBuilder(random.nextInt(8) == 0 ? "\ufeff" : "");
    for (Event event : events) {
      if (random.nextInt(4) == 0) {
        body.append(NOISE.get(random.nextInt(kind == Kind.RESPONSES ? 6 : NOISE.size())));
      }
      int times = event.hasText() || random.nextInt(10) > 0 ? 1 : random.nextInt(3);
      boolean repeatable = !event.lines().contains("delta\":\"");
      body.append(event.lines().repeat(repeatable ? times : Math.min(1, times)));
    }
    return lineEnds(body.toString(), random).getBytes(StandardCharsets.UTF_8);
  }

  /** Each line end another, some lost, some lines behind a space. */
  private static String lineEnds(String body, Random random) {
    StringBuilder text = new StringBuilder();
    boolean loses = random.nextInt(3) == 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '\n') {
        text.append(c);
      } else if (!loses || random.nextInt(5) > 0) {
        text.append(
            switch (random.nextInt(12)) {
              case 0 -> "\r";
              case 1 -> "\r\n";
              case 2 -> "\n ";
              default -> "\n";
            });
      }
    }
    return text.toString();
  }
}
