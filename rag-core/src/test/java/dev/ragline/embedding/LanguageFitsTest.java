package dev.ragline.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.RagException;
import dev.ragline.testing.FakeEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LanguageFitsTest {
  private static final Language GREEK = new Language("el");

  private final AtomicLong now = new AtomicLong(-5);
  private final LanguageFits fits = new LanguageFits(now::get);
  private final Remote remote = new Remote();

  /** A model behind a network, which may be away. */
  private static final class Remote implements Embedder {
    private final FakeEmbedder inner = new FakeEmbedder();
    final List<Integer> requests = new ArrayList<>();
    boolean away;

    private void answer(List<String> texts, Call call) {
      call.check("embed");
      requests.add(texts.size());
      if (away) {
        throw RagException.failedPrecondition("EMBEDDING_UNUSABLE", "there", "it is away");
      }
    }

    @Override
    public EmbeddingModel model() {
      return inner.model();
    }

    @Override
    public boolean computesHere() {
      return false;
    }

    @Override
    public int countTokens(String text) {
      return inner.countTokens(text);
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, Call call) {
      answer(texts, call);
      return inner.embedPassages(texts, call);
    }

    @Override
    public QuestionEmbedding embedQuestion(String question, Call call) {
      throw new AssertionError("one by one");
    }

    @Override
    public List<float[]> embedQuestions(List<String> questions, Call call) {
      answer(questions, call);
      return inner.embedQuestions(questions, call);
    }

    @Override
    public void close() {}
  }

  @Test
  void of_oneLanguage_isMeasuredOnceByTwoRequests() {
    for (int i = 0; i < 3; i++) {
      assertThat(fits.of(remote, GREEK, Call.UNLIMITED)).isPresent();
    }
    assertThat(remote.requests).containsExactly(10, 10);
    assertThat(fits.of(remote, Language.ENGLISH, Call.UNLIMITED)).isPresent();
    assertThat(remote.requests).hasSize(4);
  }

  @Test
  void of_firstQuestion_doesNotPayForTheMeasuring() {
    Meter question = new Meter();
    assertThat(fits.of(remote, GREEK, Call.UNLIMITED.countedBy(question))).isPresent();
    assertThat(question.embedded()).isZero();
  }

  @Test
  void of_languageWithoutProbe_isNothing() {
    assertThat(fits.of(remote, Language.UNDETERMINED, Call.UNLIMITED)).isEmpty();
    assertThat(remote.requests).isEmpty();
  }

  @Test
  void of_modelThatIsAway_isLeftInPeaceForAMinute() {
    remote.away = true;
    assertThat(fits.of(remote, GREEK, Call.UNLIMITED)).isEmpty();
    remote.away = false;
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(fits.of(remote, GREEK, Call.UNLIMITED)).isEmpty();
    assertThat(remote.requests).hasSize(1);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(fits.of(remote, GREEK, Call.UNLIMITED)).isPresent();
    assertThat(remote.requests).containsExactly(10, 10, 10);
  }

  @Test
  void of_callThatIsOver_endsIt() {
    assertThatThrownBy(() -> fits.of(remote, GREEK, Call.within(Duration.ZERO)))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    assertThat(fits.of(remote, GREEK, Call.UNLIMITED)).isPresent();
  }
}
