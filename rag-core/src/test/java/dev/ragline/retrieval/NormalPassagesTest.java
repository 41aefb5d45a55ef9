package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.LeadIn;
import dev.ragline.document.Sha256;
import dev.ragline.ranking.TextMatch;
import dev.ragline.ranking.TextMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalPassagesTest {
  private static final String[] WORDS = {
    "Milvus",
    "stores",
    "vectors.",
    "Is",
    "it",
    "fast?",
    "#",
    "\n\n",
    "- ",
    "`code`",
    "数据。",
    "데이터",
    "реки",
    "!",
  };

  private static Chunk chunk(int ordinal, String text, String... headings) {
    return new Chunk(
        new ChunkId(new DocumentId("d"), ordinal),
        Sha256.of("any"),
        text,
        new ByteRange(0, text.length()),
        List.of(headings));
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString();
  }

  @Test
  void of_knownChunks_matchAsThoseMadeAnew() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      chunks.add(chunk(i, text(random), text(random)));
    }
    NormalPassages known = new NormalPassages();
    for (int round = 0; round < 30; round++) {
      TextMatcher question = new TextMatcher(text(random));
      List<TextMatch> kept = question.match(chunks.stream().map(known::of).toList());
      List<TextMatch> anew = question.match(chunks.stream().map(NormalPassages::make).toList());
      assertThat(kept).as("seed %d, round %d", seed, round).isEqualTo(anew);
    }
  }

  @Test
  void of_sameChunk_isMadeOnce() {
    NormalPassages known = new NormalPassages();
    assertThat(known.of(chunk(0, "some text", "A")))
        .isSameAs(known.of(chunk(3, "some text", "A")))
        .isNotSameAs(known.of(chunk(0, "some text", "B")))
        .isNotSameAs(known.of(chunk(0, "another text", "A")))
        .isNotSameAs(known.of(announced(chunk(0, "some text", "A"))));
  }

  @Test
  void of_announcedChunk_isFoundByWhatAnnouncesIt() {
    Chunk plain = chunk(0, "| Oulu | 12 |");
    TextMatcher question = new TextMatcher("harbour berths");
    List<TextMatch> matches =
        question.match(List.of(NormalPassages.make(plain), NormalPassages.make(announced(plain))));
    assertThat(matches.getLast().words()).isGreaterThan(matches.getFirst().words());
  }

  private static Chunk announced(Chunk chunk) {
    LeadIn leadIn = new LeadIn(LeadIn.Kind.HEADER_ROW, 0, new ByteRange(0, 16), "Harbour | Berths");
    return new Chunk(
        chunk.id(),
        chunk.revision(),
        chunk.text(),
        chunk.range(),
        chunk.headingPath(),
        List.of(leadIn),
        null);
  }
}
