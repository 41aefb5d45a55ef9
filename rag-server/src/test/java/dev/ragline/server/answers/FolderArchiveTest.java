package dev.ragline.server.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.CorpusId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArchiveTest {
  private static final AnswerId ID = AnswerId.random(new CorpusId("Faq"));

  @TempDir Path folder;
  private final Instant now = Instant.now();

  private FolderArchive open(long mostBytes) throws IOException {
    return FolderArchive.open(folder, mostBytes, Duration.ofDays(1), () -> now);
  }

  private AnswerArchive.Kept kept(String... events) {
    return new AnswerArchive.Kept(
        now, 3, Arrays.stream(events).map(text -> text.getBytes(UTF_8)).toList());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void read_whatWasWritten_isTheSame() throws IOException {
    open(1 << 20).write(ID, kept("one", "", "three"));

    AnswerArchive.Kept read = open(1 << 20).read(ID).orElseThrow();

    assertThat(read.finished().toEpochMilli()).isEqualTo(now.toEpochMilli());
    assertThat(read.first()).isEqualTo(3);
    assertThat(read.events())
        .usingRecursiveComparison()
        .isEqualTo(kept("one", "", "three").events());
  }

  @Test
  void read_fileThatEndsEarlyOrHasOneOtherByte_isNotHeld() throws IOException {
    open(1 << 20).write(ID, kept("one", "two"));
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(open(1 << 20).read(ID)).as("%d bytes of it", at).isEmpty();
      byte[] other = whole.clone();
      other[at] ^= 1;
      Files.write(file, other);
      assertThat(open(1 << 20).read(ID)).as("byte %d flipped", at).isEmpty();
    }
  }

  @Test
  void open_draftOfACrash_isRemoved() throws IOException {
    open(1 << 20).write(ID, kept("one"));
    Files.writeString(files().getFirst().resolveSibling("~half"), "half");

    assertThat(open(1 << 20).read(ID)).isPresent();

    assertThat(files()).hasSize(1);
  }

  @Test
  void write_moreThanFits_removesTheOldest() throws IOException {
    FolderArchive archive = open(2000);
    List<AnswerId> ids = Stream.generate(() -> AnswerId.random(ID.corpus())).limit(10).toList();
    for (AnswerId id : ids) {
      archive.write(id, kept("x".repeat(500)));
    }

    assertThat(files()).hasSize(3);
    ids.subList(7, 10).forEach(id -> assertThat(archive.read(id)).isPresent());
    archive.write(ID, kept("x".repeat(3000)));
    assertThat(archive.read(ID)).isEmpty();
  }

  @Test
  void forget_corpus_leavesTheOthersAlone() throws IOException {
    FolderArchive archive = open(1 << 20);
    AnswerId sameButForCase = new AnswerId(new CorpusId("faq"), ID.value());
    archive.write(ID, kept("one"));
    archive.write(sameButForCase, kept("two"));

    archive.forget(ID.corpus());

    assertThat(archive.read(ID)).isEmpty();
    assertThat(archive.read(sameButForCase)).isPresent();
    assertThat(files()).hasSize(1);
  }
}
