package dev.ragline.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionCoreTest {
  private static final String PLAIN = "how does a probe work?";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Can you please tell me %s",
        "Could you tell me please %s",
        "Would you mind telling me %s",
        "Hi! %s",
        "Hello everyone, %s",
        "Hi Anna, %s Thanks!",
        "Dear team,\n\n%s\n\nBest regards,\nMaria Schmidt",
        "Good morning. I hope you are doing well. %s Thank you very much in advance.",
        "Sorry to bother you, but I was wondering %s",
        "I would like to know %s",
        "I have a quick question: %s",
        "hey guys, quick question, %s thx",
        "Does anyone know %s cheers",
        "Excuse me, may I ask %s",
        "Please %s",
        "Hi there! I'm new to Kubernetes. %s Any help would be appreciated.",
        "Do you happen to know %s",
        "I'd be grateful if you could tell me %s",
      })
  void of_politeEnglish_isThePlainQuestion(String polite) {
    assertThat(QuestionCore.of(polite.formatted(PLAIN))).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Hallo zusammen, können Sie mir bitte sagen, wann der Turm gebaut wurde? Vielen Dank! | wann der Turm gebaut wurde?
          Guten Tag, ich würde gerne wissen, wer den Turm gebaut hat. Danke im Voraus! | wer den Turm gebaut hat.
          Weiß jemand, wo der Turm steht? LG | wo der Turm steht?
          Kannst du mir bitte erklären, wie eine Sonde arbeitet? | wie eine Sonde arbeitet?
          Bitte sagen Sie mir, wie hoch der Turm ist. | wie hoch der Turm ist.
          Bonjour, pouvez-vous me dire quand la tour a été construite ? Merci d'avance. | quand la tour a été construite ?
          Bonsoir à tous, je voudrais savoir qui a construit la tour, s'il vous plaît. | qui a construit la tour
          Salut ! Sais-tu où se trouve la tour ? Merci beaucoup | où se trouve la tour ?
          Ciao a tutti, mi potreste dire quando fu costruita la torre? Grazie mille! | quando fu costruita la torre?
          Buongiorno, vorrei sapere chi costruì la torre. Cordiali saluti | chi costruì la torre.
          Per favore, mi può dire quanto è alta la torre? | quanto è alta la torre?
          Hola, ¿me puede decir cuándo se construyó la torre? Muchas gracias. | cuándo se construyó la torre?
          Buenos días, me gustaría saber quién construyó la torre. Gracias de antemano | quién construyó la torre.
          ¿Podría decirme dónde está la torre, por favor? | dónde está la torre
          Olá, você pode me dizer quando a torre foi construída? Obrigado! | quando a torre foi construída?
          Bom dia! Gostaria de saber quem construiu a torre. Desde já agradeço. | quem construiu a torre.
          Здравствуйте! Подскажите, пожалуйста, когда была построена башня? Заранее спасибо! | когда была построена башня?
          Добрый день, не могли бы вы сказать, кто построил башню? | кто построил башню?
          Dzień dobry, czy może mi pan powiedzieć, kiedy zbudowano wieżę? Dziękuję! | kiedy zbudowano wieżę?
          Cześć, chciałbym wiedzieć, kto zbudował wieżę. Z góry dziękuję | kto zbudował wieżę.
          你好，请问这座塔是什么时候建的？谢谢！ | 这座塔是什么时候建的？
          您好，能告诉我如何扩容吗？非常感谢 | 如何扩容吗？
          大家好，我想知道谁建了这座塔。 | 谁建了这座塔。
          こんにちは。塔の高さを教えてください。よろしくお願いします。 | 塔の高さ
          すみません、質問です。塔はいつ建てられましたか？ | 塔はいつ建てられましたか？
          안녕하세요! 혹시 탑은 언제 지어졌나요? 감사합니다. | 탑은 언제 지어졌나요?
          탑의 높이를 알려 주세요. | 탑의 높이를
          السلام عليكم، هل يمكنك أن تخبرني متى بني البرج؟ شكرا جزيلا | متى بني البرج؟
          مرحبا، من فضلك أريد أن أعرف من بنى البرج | من بنى البرج
          """)
  void of_politeInOtherLanguages_isThePlainQuestion(String polite, String plain) {
    assertThat(QuestionCore.of(polite)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How does a probe work?",
        "Hello World in Java: how is it compiled?",
        "What does the word please mean?",
        "How do you say thank you in Japanese?",
        "Which storage class is best?",
        "What is TIA?",
        "When was the song Please Please Me released?",
        "How do I greet with good morning in Welsh?",
        "Error: how is it handled?",
        "Note: what is a pod?",
        "Wie sagt man danke auf Polnisch?",
        "What is a Pod: a group of containers?",
        "Hi",
        "Thanks!",
        "?!",
        "  how are\n backups kept  ",
      })
  void of_nothingBesideTheQuestion_isTheTextItself(String text) {
    assertThat(QuestionCore.of(text)).isEqualTo(text);
  }

  private static final List<String> PASTED =
      List.of(
          """
          2026-05-01T12:00:00Z INFO  starting kubelet version v1.31
          2026-05-01T12:00:01Z ERROR failed to pull image "nginx:lates"
          2026-05-01T12:00:02Z WARN  backing off
          """,
          """
          ```yaml
          apiVersion: v1
          kind: Pod
          metadata:
            name: web
          spec:
            containers:
            - name: web
              image: nginx
          ```
          """,
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
          spec:
            replicas: 3
          """,
          """
          java.lang.IllegalStateException: no such pod
          	at dev.example.Pods.find(Pods.java:12)
          	at dev.example.Main.main(Main.java:7)
          Caused by: java.io.IOException: connection reset
          	... 3 more
          """,
          """
          $ kubectl get pods
          NAME      READY   STATUS    RESTARTS   AGE
          web-1     1/1     Running   0          3d
          web-2     0/1     Pending   0          1h
          """,
          """
          Traceback (most recent call last):
            File "main.py", line 3, in <module>
              run()
          KeyError: 'pods'
          """,
          """
          {
            "kind": "Pod",
            "metadata": {
              "name": "web"
            }
          }
          """,
          """
          I0501 12:00:00.123456       1 server.go:42] listening on 10.0.0.1:8080
          E0501 12:00:01.123456       1 server.go:99] unexpected end
          """);

  @Test
  void of_questionBesideWhatWasPasted_isTheQuestion() {
    String question = "How does the scheduler choose a node for a new pod?";
    for (String pasted : PASTED) {
      assertThat(QuestionCore.of(pasted + "\n" + question)).isEqualTo(question);
      assertThat(QuestionCore.of(question + "\n\n" + pasted)).isEqualTo(question);
      assertThat(QuestionCore.of("Hello,\n" + pasted + question + "\nThanks!")).isEqualTo(question);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What does this mean? | 0 | What does this mean? failed to pull image "nginx:lates"
          Why? | 3 | Why? Caused by: java.io.IOException: connection reset
          How do I fix that? | 5 | How do I fix that? KeyError: 'pods'
          """)
  void of_questionThatPointsToWhatWasPasted_keepsTheFailure(String asked, int which, String core) {
    assertThat(QuestionCore.of(asked + "\n" + PASTED.get(which))).isEqualTo(core);
  }

  @Test
  void of_pastedOnly_isTheFailure() {
    assertThat(QuestionCore.of(PASTED.getFirst()))
        .isEqualTo("failed to pull image \"nginx:lates\"");
  }

  @Test
  void of_longStory_isWhatItAsks() {
    String story =
        """
        We have been running this cluster for two years now and never had a problem with it. Last \
        week a colleague of mine replaced two of the machines, and since then everything is a bit \
        slower than it was before, at least that is what our users say about it every day.
        """;
    String question = "How do I see which node a pod runs on?";
    assertThat(QuestionCore.of(story + question)).isEqualTo(question);
    assertThat(QuestionCore.of(question + " " + story)).isEqualTo(question);
    assertThat(QuestionCore.of(story)).isEqualTo(story);
  }

  @Test
  void of_shortStory_keepsWhatTheQuestionIsAbout() {
    String text = "My pod is stuck in Pending. What can I do?";
    assertThat(QuestionCore.of(text)).isEqualTo(text);
  }

  @Test
  void of_itsOwnResult_isTheSame() {
    for (String pasted : PASTED) {
      String core = QuestionCore.of("Hi! Can you tell me why this happens?\n" + pasted + "Thanks");
      assertThat(QuestionCore.of(core)).isEqualTo(core);
    }
  }

  @Test
  void of_anyPiecesOfSixteenKibibytes_takesAMoment() {
    List<String> pieces =
        List.of(
            "thanks for ",
            "danke für ",
            "!",
            "!!!x",
            "  ",
            "a  b ",
            "please ",
            "can you ",
            "\n",
            ": ",
            "\t",
            "kind: Pod\n",
            "merci pour ",
            "i hope you ",
            "を教えて",
            "请",
            "{",
            "- a:",
            "\"",
            "0",
            "<a ",
            "of ",
            "sorry for my ");
    Random random = new Random(14);
    for (String piece : pieces) {
      String other = pieces.get(random.nextInt(pieces.size()));
      for (String unit : List.of(piece, piece + other)) {
        String text = unit.repeat(16_384 / unit.length());
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> assertThat(QuestionCore.of(text + "x")).isNotEmpty());
      }
    }
  }
}
