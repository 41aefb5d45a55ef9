package dev.ragline.answering.grounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.answering.Answer.State;
import dev.ragline.answering.AnswerWriter.Outcome;
import dev.ragline.answering.Citation;
import dev.ragline.document.Deadline;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.FakeChatModel;
import dev.ragline.testing.Passages;
import dev.ragline.testing.RandomTexts;
import dev.ragline.testing.RecordingDraft;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroundedWriterTest {
  private static final List<Passage> PASSAGES =
      Passages.of(
          "Über etcd: Metadata is stored in etcd. Modules own it.",
          "Vectors go to object storage. MinIO and S3 are supported.");

  private final RecordingDraft draft = new RecordingDraft();

  static List<Long> seeds() {
    return new Random(40).longs(100).boxed().toList();
  }

  @Test
  void write_markedClaims_citesTheSentencesBehindThem() {
    Outcome outcome = write("Metadata is stored in etc", "d [", "1]. Vectors use MinIO [2].");

    assertThat(draft.written()).isEqualTo("Metadata is stored in etcd. Vectors use MinIO.");
    assertThat(draft.sources())
        .containsExactly(
            "Metadata is stored in etcd ← Über etcd: Metadata is stored in etcd.",
            "Vectors use MinIO ← Vectors go to object storage. MinIO and S3 are supported.");
    assertThat(draft.citations().getFirst().support()).isEqualTo(1);
    assertThat(draft.citations().getFirst().quoteDigest())
        .isEqualTo(Sha256.of("Über etcd: Metadata is stored in etcd."));
    assertThat(outcome)
        .isEqualTo(new Outcome(State.COMPLETE, FakeChatModel.NAME + "-1", FakeChatModel.USAGE));
  }

  @Test
  void write_marksAfterTheFullStop_citeTheSentenceBefore() {
    write("Sure! Metadata is stored in etcd. [1] Vectors use MinIO. [2]");
    assertThat(claims()).containsExactly("Metadata is stored in etcd.", "Vectors use MinIO.");
  }

  @Test
  void write_twoMarksInASentence_splitItBetweenThem() {
    write("It uses etcd [1] and MinIO [2].");
    assertThat(claims()).containsExactly("It uses etcd", "and MinIO");
  }

  @Test
  void write_marksOfOneClaim_citeItFromEach() {
    write("It uses etcd [1, 2][1].");
    assertThat(claims()).containsExactly("It uses etcd", "It uses etcd");
    assertThat(draft.citations()).extracting(c -> c.passage().rank()).containsExactly(1, 2);
  }

  @Test
  void write_markBeforeAnyText_citesTheFirstSentence() {
    write("[1] Metadata is stored in etcd. MinIO is supported [2].");
    assertThat(claims()).containsExactly("MinIO is supported", "Metadata is stored in etcd.");
  }

  @Test
  void write_multibyteTextBefore_countsClaimsInBytes() {
    write("😀 Größe! Metadata lives in etcd [1].");
    Citation citation = draft.citations().getFirst();
    assertThat(citation.claim().start()).isEqualTo(14);
    assertThat(claims()).containsExactly("Metadata lives in etcd");
  }

  @Test
  void write_unknownNumbers_areRemovedWithOneWarningEach() {
    write("In etcd [7]. In MinIO [0]. In S3 [7].");
    assertThat(draft.written()).isEqualTo("In etcd. In MinIO. In S3.");
    assertThat(draft.warnings()).containsExactly("UNKNOWN_CITATION", "UNKNOWN_CITATION");
  }

  @Test
  void write_someMarks_leavesOtherSentencesUncited() {
    write("Metadata is stored in etcd. Vectors go to object storage [2].");
    assertThat(claims()).containsExactly("Vectors go to object storage");
  }

  @Test
  void write_noMarks_alignsSentencesThatShareHalfTheirWords() {
    write("Metadata is stored in etcd. Bananas are quite yellow. S3 is supported.");
    assertThat(draft.sources())
        .containsExactly(
            "Metadata is stored in etcd. ← Über etcd: Metadata is stored in etcd.",
            "S3 is supported. ← MinIO and S3 are supported.");
  }

  @Test
  void write_claimWithoutAnyOfTheWords_quotesTheChunkUnsupported() {
    write("Bananas are yellow [2].");
    assertThat(draft.citations().getFirst().support()).isZero();
    assertThat(Passages.quoteOf(draft.citations().getFirst()))
        .isEqualTo(PASSAGES.get(1).chunk().text());
  }

  @ParameterizedTest
  @EnumSource(
      value = Finish.class,
      names = {"LENGTH", "CONTENT_FILTER"})
  void write_modelStopped_isInterruptedWithAWarning(Finish finish) {
    Outcome outcome = write(new FakeChatModel(finish, "Metadata is stored in [", "1"));
    assertThat(outcome.state()).isEqualTo(State.INTERRUPTED);
    assertThat(draft.warnings()).containsExactly(finish.name());
    assertThat(draft.written()).isEqualTo("Metadata is stored in [1");
  }

  @Test
  void write_modelSaysNothing_isUnavailable() {
    assertThatThrownBy(() -> write(" \n", "[1]"))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("LLM_EMPTY"));
  }

  @Test
  void write_question_isAskedWithItsPassages() {
    FakeChatModel model = FakeChatModel.saying("x");
    write(model);
    assertThat(model.prompts()).containsExactly(Prompt.of("Where?", PASSAGES));
  }

  @Test
  void close_writer_closesItsModel() {
    FakeChatModel model = FakeChatModel.saying();
    new GroundedWriter(model).close();
    assertThat(model.isClosed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void write_randomTexts_citesTheSameHoweverCut(long seed) {
    Random random = new Random(seed);
    List<String> more = List.of(" [1]", "[2].", " [1, 2]. ", "[9]", "etcd", "MinIO and S3 ");
    String text = "x" + RandomTexts.mixed(random, random.nextInt(60), more);
    RecordingDraft whole = new RecordingDraft();
    new GroundedWriter(FakeChatModel.saying(text)).write("q", PASSAGES, Deadline.NONE, whole);
    write(RandomTexts.cut(random, text).toArray(String[]::new));
    assertThat(draft.written()).as("seed %d", seed).isEqualTo(whole.written());
    assertThat(draft.citations()).as("seed %d", seed).isEqualTo(whole.citations());
    assertThat(draft.citations())
        .as("seed %d", seed)
        .allSatisfy(
            c -> {
              assertThat(c.passage().chunk().range().contains(c.quote())).isTrue();
              assertThat(c.quoteDigest()).isEqualTo(Sha256.of(Passages.quoteOf(c)));
              assertThat(Passages.claimOf(c, draft.written()))
                  .isNotBlank()
                  .doesNotContain("\uFFFD?");
            });
  }

  private List<String> claims() {
    return draft.citations().stream().map(c -> Passages.claimOf(c, draft.written())).toList();
  }

  private Outcome write(String... pieces) {
    return write(FakeChatModel.saying(pieces));
  }

  private Outcome write(FakeChatModel model) {
    return new GroundedWriter(model).write("Where?", PASSAGES, Deadline.NONE, draft);
  }
}
