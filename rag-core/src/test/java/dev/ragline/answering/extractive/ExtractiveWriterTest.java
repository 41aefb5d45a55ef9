package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.answering.Answer.State;
import dev.ragline.answering.AnswerWriter.Assignment;
import dev.ragline.answering.AnswerWriter.Outcome;
import dev.ragline.answering.Citation;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Language;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import dev.ragline.testing.RecordingDraft;
import dev.ragline.testing.TestExecution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtractiveWriterTest {
  private static final String FRUIT =
      "Bananas grow on *tall* plants – see [the guide](https://example.org/?a=1). Apples grow on"
          + " trees.";

  private final RecordingDraft draft = new RecordingDraft();

  @Test
  void write_oneSentenceAnswers_quotesItAsReadersSeeIt() {
    Outcome outcome = write("On which plants do bananas grow?", Passages.of(FRUIT));

    assertThat(outcome).isEqualTo(new Outcome(State.COMPLETE, "extractive", TokenUsage.NONE));
    assertThat(draft.sources())
        .containsExactly(
            "Bananas grow on tall plants – see the guide."
                + " ← Bananas grow on *tall* plants – see [the guide](https://example.org/?a=1).");
    Citation citation = draft.citations().getFirst();
    assertThat(citation.quoteDigest()).isEqualTo(Sha256.of(Passages.quoteOf(citation)));
    assertThat(citation.support()).isEqualTo(1);
  }

  @Test
  void write_settingsForModels_areNamedInAWarning() {
    GenerationSettings settings =
        new GenerationSettings(null, 0.0, null, null, List.of(), "Be brief.", null, null, null);
    Assignment plain = Assignment.of("On which plants do bananas grow?", Passages.of(FRUIT));
    var _ =
        new ExtractiveWriter(TestExecution.SHARED.compute())
            .write(
                new Assignment(plain.question(), plain.found(), List.of(), settings),
                Call.UNLIMITED,
                draft);
    assertThat(draft.warnings()).containsExactly("GENERATION_IGNORED");
    assertThat(draft.text()).startsWith("Bananas grow");
  }

  @Test
  void write_severalSentences_areJoinedBySpacesAndCitedApart() {
    write(
        "Where do apples grow?",
        Passages.of("Apples grow on trees. Bananas do not. Red apples grow on trees."));
    assertThat(draft.text()).isEqualTo("Apples grow on trees. Red apples grow on trees.");
    assertThat(draft.sources())
        .containsExactly(
            "Apples grow on trees. ← Apples grow on trees.",
            "Red apples grow on trees. ← Red apples grow on trees.");
  }

  @Test
  void write_headingAsksTheQuestion_quotesWhatStandsUnderIt() {
    List<Passage> passages =
        Passages.of(
            "Bananas are stored by weight in the market.",
            "How do I keep bananas fresh?\n\nPut them in the dark. Never use a fridge.");
    write("How to keep my bananas fresh?", passages);
    assertThat(draft.text()).isEqualTo("Put them in the dark. Never use a fridge.");
  }

  @Test
  void write_russian_findsTheFormsOfItsWords() {
    String russian = "Кошки спят на крыше. Документы сохраняются в папке сервера. Идёт дождь.";
    write(
        "Где сервер сохраняет документ?",
        List.of(Passages.of(1, russian, List.of(), new Language("ru"))));
    assertThat(draft.text()).isEqualTo("Документы сохраняются в папке сервера.");
  }

  @Test
  void write_arabic_findsTheFormsOfItsWords() {
    String arabic = "القطط تنام على السطح. تحفظ الوثائق في مجلد الخادم. السماء تمطر.";
    write("أين مجلد وثائق خادم؟", List.of(Passages.of(1, arabic, List.of(), new Language("ar"))));
    assertThat(draft.text()).isEqualTo("تحفظ الوثائق في مجلد الخادم.");
  }

  @Test
  void write_sectionCutInTwo_quotesBothHalves() {
    Passage section =
        Passages.expanded(
            1,
            List.of("Guide", "How do I keep bananas fresh?"),
            "## How do I keep bananas fresh?\n\nPut them in the dark.",
            "Größe matters little. Never use a fridge.");

    write("How to keep my bananas fresh?", List.of(section));

    assertThat(draft.text())
        .isEqualTo("Put them in the dark. Größe matters little. Never use a fridge.");
    assertThat(draft.citations())
        .extracting(citation -> citation.chunk().id().ordinal())
        .containsExactly(0, 1, 1);
    assertThat(draft.citations())
        .allMatch(c -> c.chunk().range().contains(c.quote()))
        .allMatch(c -> c.quoteDigest().equals(Sha256.of(Passages.quoteOf(c))));
    assertThat(draft.sources()).last().isEqualTo("Never use a fridge. ← Never use a fridge.");
  }

  @Test
  void write_nothingToQuote_abstains() {
    Outcome outcome = write("Where?", Passages.of("## Where?", "***\n"));
    assertThat(outcome.state()).isEqualTo(State.ABSTAINED);
    assertThat(draft.text()).isEmpty();
    assertThat(draft.citations()).isEmpty();
  }

  @Test
  void write_oneSentenceWanted_isTheBest() {
    new ExtractiveWriter(1, TestExecution.SHARED.compute())
        .write(
            "Where do apples grow?",
            Passages.of("Apples are red. Apples grow on trees."),
            Call.UNLIMITED,
            draft);
    assertThat(draft.text()).isEqualTo("Apples grow on trees.");
  }

  @Test
  void write_documentsInTwoLanguages_quotesTheQuestionsOwn() {
    write(
        "Where does the server keep a document?",
        List.of(
            Passages.of(1, "Сервер хранит document в папке.", List.of(), new Language("ru")),
            Passages.of(2, "The server keeps it in a folder.", List.of())));
    assertThat(draft.text()).startsWith("The server keeps it in a folder.");
  }

  @Test
  void write_deadlinePassed_ends() {
    assertThatThrownBy(
            () ->
                new ExtractiveWriter(TestExecution.SHARED.compute())
                    .write("Where?", Passages.of(FRUIT), Call.within(Duration.ZERO), draft))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  private Outcome write(String question, List<Passage> passages) {
    return new ExtractiveWriter(TestExecution.SHARED.compute())
        .write(question, passages, Call.UNLIMITED, draft);
  }
}
