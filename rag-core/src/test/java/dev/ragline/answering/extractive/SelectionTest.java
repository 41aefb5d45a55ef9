package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.extractive.Ranking.Scored;
import dev.ragline.document.Language;
import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final Section SECTION = Section.of(0, 0, Language.ENGLISH, "", null);
  private static final Section OTHER = Section.of(1, 0, Language.ENGLISH, "", null);

  @Test
  void of_nothing_isNothing() {
    assertThat(Selection.of(List.of(), 2)).isEmpty();
  }

  @Test
  void of_othersFarBehind_isTheBestAlone() {
    assertThat(chosen(scored(SECTION, 0, "best", 9), scored(OTHER, 0, "far", 1)))
        .containsExactly("best");
  }

  @Test
  void of_manyNear_areTheTwoBestInTheOrderOfTheirPassages() {
    assertThat(
            chosen(
                scored(OTHER, 30, "best", 4),
                scored(OTHER, 0, "second", 3.9),
                scored(SECTION, 0, "third", 3.8)))
        .containsExactly("second", "best");
  }

  @Test
  void of_secondFromABetterPassage_comesBehindTheBest() {
    assertThat(chosen(scored(OTHER, 30, "best", 4), scored(SECTION, 0, "second", 3.9)))
        .containsExactly("best", "second");
  }

  @Test
  void of_sameSentenceTwice_isQuotedOnce() {
    assertThat(chosen(scored(SECTION, 0, "same", 2), scored(OTHER, 0, "same", 1.9)))
        .containsExactly("same");
  }

  @Test
  void of_shortSectionThatIsTheAnswer_isQuotedWhole() {
    Section faq = Section.of(0, 0, Language.ENGLISH, "Where?", null);
    Scored[] five =
        IntStream.range(0, 5)
            .mapToObj(i -> new Scored(sentence(faq, i * 10, "s" + i), 3 - i * .5, true))
            .toArray(Scored[]::new);
    assertThat(chosen(five)).containsExactly("s0", "s1", "s2", "s3", "s4");
  }

  @Test
  void of_longSectionThatIsTheAnswer_givesWhatSaysMost() {
    Section faq = Section.of(0, 0, Language.ENGLISH, "Where?", null);
    List<String> texts =
        List.of("alpha beta", "alpha beta", "gamma delta", "alpha", "epsilon zeta", "beta");
    Scored[] six =
        IntStream.range(0, 6)
            .mapToObj(i -> new Scored(sentence(faq, i * 10, texts.get(i)), 3, true))
            .toArray(Scored[]::new);
    assertThat(chosen(six)).containsExactly("alpha beta", "gamma delta", "epsilon zeta");
  }

  private static List<String> chosen(Scored... ranking) {
    return Selection.of(List.of(ranking), 2).stream().map(Sentence::text).toList();
  }

  private static Scored scored(Section section, int start, String text, double score) {
    return new Scored(sentence(section, start, text), score, false);
  }

  private static Sentence sentence(Section section, int start, String text) {
    return Sentence.of(section, 0, new TextSpan(start, start + text.length()), text);
  }
}
