package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Endpoint;
import dev.ragline.upstream.OpenAiFailures;
import dev.ragline.upstream.Service;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {
  private static final OpenAiFailures FAILURES =
      new OpenAiFailures(
          Service.LLM, Endpoint.of("here", URI.create("http://host/v1"), "KEY", Map.of()), "m");

  /** Gives one byte with each read. */
  private static InputStream byteByByte(String text) {
    return new FilterInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, 1);
      }
    };
  }

  private static EventStream stream(InputStream in, int longest, Duration wait) {
    return new EventStream(in, longest, wait, FAILURES);
  }

  private static List<String> values(String text) {
    EventStream events = stream(byteByByte(text), 1000, Duration.ofMinutes(1));
    List<String> values = new ArrayList<>();
    for (JsonNode event = events.next(); event != null; event = events.next()) {
      values.add(event.path("v").asText());
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"v\":\"ä\"}\n\ndata: {\"v\":\"𝄞\"}\n\n",
        "data:{\"v\":\"ä\"}\r\n\r\ndata:{\"v\":\"𝄞\"}\r\n\r\n",
        ": hello\nevent: x\nid: 1\nretry: 2\ndata: {\ndata: \"v\":\"ä\"}\n\n\n: there\n\n"
            + "data: {\"v\":\"𝄞\"}\n\n",
        "data: {\"v\":\"ä\"}\n\ndata: {\"v\":\"𝄞\"}\n",
        "data: {\"v\":\"ä\"}\n\ndata: {\"v\":\"𝄞\"}\n\ndata: [DONE]\n\ndata: {\"v\":\"no\"}\n\n",
        "data: {\"v\":\"ä\"}\n\ndata: {\"v\":\"𝄞\"}\n\ndata: [DONE]",
      })
  void next_anyFraming_givesTheEvents(String text) {
    assertThat(values(text)).containsExactly("ä", "𝄞");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: {\"v\":\n\n", "data: 7\n\n", "data:\n\n", "data: \"x\"\n\n"})
  void next_noObject_cannotBeRead(String text) {
    assertThatThrownBy(() -> values(text))
        .asInstanceOf(type(RagException.class))
        .returns("LLM_INTERRUPTED", RagException::reason);
  }

  @Test
  void next_invalidUtf8_cannotBeRead() {
    byte[] text = "data: {\"v\":\"?\"}\n\n".getBytes(StandardCharsets.US_ASCII);
    text[12] = (byte) 0xff;
    EventStream events = stream(new ByteArrayInputStream(text), 1000, Duration.ofMinutes(1));

    assertThatThrownBy(events::next)
        .asInstanceOf(type(RagException.class))
        .returns("LLM_INTERRUPTED", RagException::reason);
  }

  @Test
  void next_lineCutOff_isDropped() {
    assertThat(values("data: {\"v\":\"a\"}\n\ndata: {\"v\":\"b\"}")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: ", ": ", ""})
  void next_lineWithoutEnd_isCutAtTheLimit(String beginning) {
    EventStream events =
        stream(
            new ByteArrayInputStream(
                (beginning + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8)),
            20_000,
            Duration.ofMinutes(1));

    assertThatThrownBy(events::next)
        .asInstanceOf(type(RagException.class))
        .returns("LLM_UNUSABLE", RagException::reason);
    assertThat(events.bytes()).as("bytes read").isLessThan(40_000);
  }

  @Test
  void next_manyLinesOfOneEvent_areCutAtTheLimit() {
    EventStream events =
        stream(byteByByte("data: xxxxxxxxxx\n".repeat(1000)), 1000, Duration.ofMinutes(1));

    assertThatThrownBy(events::next)
        .asInstanceOf(type(RagException.class))
        .returns("LLM_UNUSABLE", RagException::reason);
  }

  @Test
  void next_lineTakesTooLong_isInterrupted() {
    EventStream events = stream(byteByByte("data: {}\n\n"), 1000, Duration.ofNanos(1));

    assertThatThrownBy(events::next)
        .asInstanceOf(type(RagException.class))
        .returns("LLM_INTERRUPTED", RagException::reason);
  }
}
