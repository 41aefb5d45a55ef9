package dev.ragline.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceEndsTest {
  private static List<String> split(String text) {
    return split(text, SentenceRules.CURRENT);
  }

  private static List<String> split(String text, SentenceRules rules) {
    return SentenceEnds.split(text, rules).stream().map(span -> span.of(text)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The grant was given by the U.S. Department of Energy in May.",
        "The U.S. Government signed it.",
        "The sample was taken on Jan. 5 at the north pond.",
        "The inspection begins at 9 a.m. Monday at the west gate.",
        "Smith et al. (2009) found it.",
        "See p. 5 and pp. 7–9, cf. sec. 3 there.",
        "Acme Inc. v. Ltd. Holdings was decided.",
        "It was Roe v. Wade that counted.",
        "Dr. Smith met Sgt. Miller at St. Mary on Main St. Friday.",
        "Martin Luther King Jr. Day is in January.",
        "She holds a Ph.D. Advisor and all.",
        "J. R. R. Tolkien and J. De Witt wrote.",
        "He sold it to Acme Corp. Holdings for approx. 5 dollars.",
        "Am 3. Oktober 2019 war es so weit.",
        "Er kam am 3. Oktober 2019 an.",
        "Ab 1. Januar gilt der neue Preis.",
        "Es war im 19. Jahrhundert.",
        "Es war der 2. Weltkrieg.",
        "Der Termin ist am 3. 10. 2019 in Fulda.",
        "Nach Art. 3 Abs. 2 Satz 1 GG gilt das, S. 12.",
        "Das ist z. B. Berlin, d. h. Preußen, u. a. Potsdam.",
        "Das ist z.B. Berlin, bzw. Potsdam.",
        "Die Anlage kostet 5 Mio. Euro im Jahr.",
        "Er wohnt Hauptstr. 12, Nr. 5, an der Str. 12.",
        "Im Jahr 5 v. Chr. Geburt.",
        "Le délai est fixé à l’art. 12 du règlement de la maison.",
        "Il vivait en 50 av. J.-C. César le dit.",
        "M. Le Pen et Mme. Dupont sont là.",
        "El Sr. García y la Sra. De la Cruz viven en el n.º 5.",
        "Vive en EE. UU. Estados del norte.",
        "Il sig. Rossi e la dott. Bianchi, pag. 5, sono qui.",
        "O Sr. Silva mora na Av. Paulista, p. ex. Centro.",
        "Он живёт на ул. Ленина, д. 5, кв. 12.",
        "Это т. е. Москва и г. Тула.",
        "А. С. Пушкин родился, см. Рис. 5.",
        "Ο κ. Παπαδόπουλος είναι εδώ, π.χ. Αθήνα."
      })
  void split_abbreviation_goesOn(String text) {
    assertThat(split(text)).containsExactly(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "He lives in the U.S.|The grant was given.",
        "It opens at 5 p.m.|Then we leave.",
        "It opens at 5 p.m.|\"Then we leave.\"",
        "He came on Jan.|The rest came later.",
        "He works at Acme Inc.|It is large.",
        "This is plan B.|We follow it.",
        "It has vitamin C.|He takes it.",
        "That was in World War I.|In 1919 it ended.",
        "There were apples, pears, etc.|Prices rose.",
        "I say no.|Then yes.",
        "He counted 5.|The next was 6.",
        "See section 3.|The rest is clear.",
        "It was in 2019.|October came.",
        "The file is go.mod.|Revenue is not.",
        "Das war 50 v. Chr.|Die Römer kamen.",
        "Es kostet 5 Mio.|Das ist viel.",
        "Vive en EE. UU.|La subvención es grande.",
        "C’était en 50 av. J.-C.|Les Romains vinrent.",
        "Это было в 2019 г.|Москва росла.",
        "Там яблоки и т. д.|Москва росла.",
        "He loves art.|Picasso was great.",
        "Turn it on.|Lights shine."
      })
  void split_endAfterAnAbbreviation_ends(String one, String other) {
    assertThat(split(one + " " + other)).containsExactly(one, other);
  }

  /** What was kept of sentences by former rules is found by them. */
  @Test
  void split_firstRules_areThoseOfTheFirstVersion() {
    assertThat(split("By the U.S. Department. Take No. 5 by J. Smith.", SentenceRules.FIRST))
        .containsExactly("By the U.S.", "Department.", "Take No. 5 by J. Smith.");
    assertThat(SentenceRules.of(0)).isEqualTo(SentenceRules.FIRST);
    assertThat(SentenceRules.of(SentenceRules.CURRENT.number())).isEqualTo(SentenceRules.CURRENT);
    assertThat(SentenceRules.of(99)).isEqualTo(SentenceRules.CURRENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "U.S. D",
        "a. ",
        "A. ",
        "z. B. ",
        "3. Oktober ",
        "5. ",
        "((((",
        ". (",
        "Inc. X.",
        ".",
        "..  "
      })
  void split_longRun_looksAtEachPlaceAFewTimes(String unit) {
    int few = reads("x." + " ".repeat(1_000) + unit.repeat(1_000));
    int many = reads("x." + " ".repeat(10_000) + unit.repeat(10_000));
    assertThat(many).isLessThan(11 * few);
  }

  /** How many chars of a text are looked at by hand, through a text that counts. */
  private static int reads(String text) {
    CountedText counted = new CountedText(text);
    AbbreviationStops stops = new AbbreviationStops(counted);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '.' && !stops.goesOn(start, i, i + 1)) {
        start = i + 1;
      }
    }
    return counted.reads();
  }

  private static final class CountedText implements CharSequence {
    private final String text;
    private int reads;

    CountedText(String text) {
      this.text = text;
    }

    int reads() {
      return reads;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      reads += end - start;
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
