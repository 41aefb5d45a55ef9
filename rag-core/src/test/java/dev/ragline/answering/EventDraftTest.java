package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.answering.AnswerEvent.CitationAdded;
import dev.ragline.answering.AnswerEvent.TextDelta;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import dev.ragline.testing.RandomTexts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventDraftTest {
  private final List<AnswerEvent> events = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong(500);
  private final AnswerId id = AnswerId.random(new CorpusId("c"));
  private final EventDraft draft = new EventDraft(id, () -> clock.getAndAdd(10), events::add);

  static List<Long> seeds() {
    return new Random(20).longs(200).boxed().toList();
  }

  @Test
  void text_severalPieces_countsUtf8Bytes() {
    draft.text("é");
    draft.text("");
    draft.text("x");
    assertThat(events)
        .containsExactly(
            new AnswerEvent(id, 0, Duration.ofNanos(10), new TextDelta("é", 0)),
            new AnswerEvent(id, 1, Duration.ofNanos(20), new TextDelta("x", 2)));
    assertThat(draft.length()).isEqualTo(3);
  }

  @Test
  void cite_beyondTheText_isRefused() {
    draft.text("ab\uD83D");
    assertThatThrownBy(() -> draft.cite(citation(0, 3))).isInstanceOf(IllegalStateException.class);
    draft.cite(citation(0, 2));
    assertThat(draft.citations()).hasSize(1);
  }

  @Test
  void text_afterClose_isRefused() {
    draft.close();
    assertThatThrownBy(() -> draft.text("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> draft.warn("A", "b")).isInstanceOf(IllegalStateException.class);
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void text_randomTextsRandomlyCut_keepsTheLaws(long seed) {
    Random random = new Random(seed);
    String text = RandomTexts.text(random, random.nextInt(60));
    int citations = 0;
    for (String piece : RandomTexts.cut(random, text)) {
      draft.text(piece);
      if (random.nextInt(4) == 0) {
        draft.cite(citation(random.nextLong(draft.length() + 1), draft.length()));
        citations++;
      }
      if (random.nextInt(6) == 0) {
        draft.warn("CODE", "message");
      }
    }
    draft.close();

    String expected = wellFormed(text);
    assertThat(draft.text()).as("seed %d", seed).isEqualTo(expected);
    assertThat(draft.citations()).as("seed %d", seed).hasSize(citations);
    assertLaws(expected, seed);
  }

  private void assertLaws(String expected, long seed) {
    long bytes = 0;
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).sequence()).as("seed %d", seed).isEqualTo(i);
      assertThat(events.get(i).answer()).as("seed %d", seed).isEqualTo(id);
      if (events.get(i).happening() instanceof TextDelta(String delta, long startByte)) {
        assertThat(delta).as("seed %d", seed).isNotEmpty().isEqualTo(wellFormed(delta));
        assertThat(startByte).as("seed %d", seed).isEqualTo(bytes);
        bytes += utf8(delta).length;
        joined.append(delta);
      } else if (events.get(i).happening()
          instanceof CitationAdded(Citation citation, Sha256 claim)) {
        assertThat(citation.claim().end()).as("seed %d", seed).isLessThanOrEqualTo(bytes);
        assertThat(claim).as("seed %d", seed).isEqualTo(digestOf(citation, joined.toString()));
      }
    }
    assertThat(utf8(joined.toString())).as("seed %d", seed).isEqualTo(utf8(expected));
    assertThat(draft.length()).as("seed %d", seed).isEqualTo(utf8(expected).length);
  }

  private static Sha256 digestOf(Citation citation, String text) {
    int start = (int) citation.claim().start();
    return Sha256.of(utf8(text), start, (int) citation.claim().length());
  }

  /** Each code point of its own; a surrogate without its partner is one. */
  private static String wellFormed(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Citation citation(long start, long end) {
    ByteRange quote = new ByteRange(Passages.ORIGIN, Passages.ORIGIN + 4);
    Passage passage = Passages.of("text").getFirst();
    return new Citation(
        new ByteRange(start, end), passage, passage.chunk(), quote, Sha256.of("text"), 0.5);
  }
}
