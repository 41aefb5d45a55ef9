package dev.ragline.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import dev.ragline.transform.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTermsTest {
  /** Turns by turns: the user's first. */
  private static List<Turn> said(String... texts) {
    List<Turn> turns = new ArrayList<>();
    for (String text : texts) {
      turns.add(new Turn(turns.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, text));
    }
    return turns;
  }

  @Test
  void added_followUp_getsTheNamesThatItPointsTo() {
    assertThat(KeyTerms.added("When was he born?", said("What did Nikola Tesla invent?")))
        .isEqualTo("When was he born? Nikola Tesla invent");
    assertThat(
            KeyTerms.added(
                "When was he born?",
                said("Who invented the motor?", "It was the work of Nikola Tesla.")))
        .contains("Nikola", "Tesla");
  }

  @Test
  void added_wordsOfSeveralTurns_freshAndRepeatedOnesWeighMost() {
    List<Turn> history =
        said("Is snow cold?", "Yes.", "Where are backups kept?", "In Oulu.", "Who pays backups?");
    assertThat(KeyTerms.added("How long are they kept?", history)).contains("backups", "pays");
    assertThat(KeyTerms.added("How long are they kept?", history)).doesNotContain("snow");
  }

  @Test
  void added_wordThatTheQuestionHas_isNotRepeated() {
    assertThat(KeyTerms.added("Why is its storage slow?", said("Which storage does Milvus need?")))
        .isEqualTo("Why is its storage slow? Milvus need");
  }

  @Test
  void added_questionThatStandsAlone_staysAsItIs() {
    String question = "Which port does the Milvus proxy listen on?";
    assertThat(KeyTerms.added(question, said("Who wrote Hamlet?"))).isEqualTo(question);
    assertThat(KeyTerms.added("Where is it?", said("What?"))).isEqualTo("Where is it?");
    assertThat(KeyTerms.added("?!", said("Who wrote Hamlet?"))).isEqualTo("?!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "When was it built?",
        "And the second one in the list of backups?",
        "Why?",
        "How much does it cost?",
        "Wann wurde sie gebaut?",
        "Quand a-t-elle été construite ? Et où est-elle ?",
        "¿Y cuándo murió ella?",
        "Quando è stata costruita questa torre?",
        "А когда он родился?",
        "Сколько им лет?",
        "وأين هذا المكان",
        "그것은 언제 지어졌나요?",
        "它是什么时候建成的?",
        "それはいつ建てられましたか?",
      })
  void is_questionThatPointsBack_isAFollowUp(String question) {
    assertThat(FollowUp.is(question, Language.ENGLISH)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is Milvus?",
        "Where are backups kept for thirty days?",
        "Who approves a release of the billing service?",
        "Wer genehmigt ein Release des Abrechnungsdienstes?",
        "Кто утверждает выпуск новой версии сервиса?",
        "备份文件保存在哪个城市?",
        "バックアップはどこに保存されますか?",
        "",
      })
  void is_questionThatSaysWhatItIsAbout_standsAlone(String question) {
    assertThat(FollowUp.is(question, Language.ENGLISH)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          А когда он родился?     | Что изобрёл Никола Тесла?   | Никола Тесла
          Wann wurde er geboren?  | Was erfand Nikola Tesla?    | Nikola Tesla
          它是什么时候建成的?      | 埃菲尔铁塔在哪里?           | 埃菲尔铁塔
          それはいつ建てられましたか? | 東京タワーはどこですか?      | 東京
          그것은 언제 지어졌나요?  | 에펠탑은 어디에 있나요?      | 에펠탑은
          """)
  void added_otherLanguages_bringsWhatWasNamed(String question, String before, String term) {
    assertThat(KeyTerms.added(question, said(before))).startsWith(question).contains(term);
  }

  @Test
  void added_longTurns_areReadInPart() {
    String tail = "x".repeat(2_000) + " Tesla";
    assertThat(KeyTerms.added("When was he born?", said("Edison and more " + tail)))
        .contains("Edison")
        .doesNotContain("Tesla");
  }
}
