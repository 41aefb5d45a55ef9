package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.CorpusFault.Kind;
import dev.ragline.store.CorpusReport;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.Revisions;
import dev.ragline.store.StoreHealth;
import dev.ragline.store.StoreReport;
import dev.ragline.store.StoredCorpus;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.NoMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenCorporaTest {
  private static final CorpusId DOCS = new CorpusId("Docs");
  private static final CorpusId FINE = new CorpusId("fine");

  @TempDir Path folder;

  private LuceneChunkStore open() {
    return LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
  }

  private Path corpus() {
    return folder.resolve("corpora/+docs");
  }

  private Path settings() {
    return corpus().resolve("corpus.json");
  }

  @BeforeEach
  void fill() {
    try (LuceneChunkStore store = open()) {
      for (CorpusId id : List.of(DOCS, FINE)) {
        store.createCorpus(Corpora.of(id.value()));
        String _ = store.replaceDocument(id, Revisions.of("doc", "text", "more"), Call.UNLIMITED);
      }
    }
  }

  /** What breaks a corpus, with what is said of it. */
  private interface Damage {
    void doIt() throws IOException;
  }

  private Map<String, Damage> damages() {
    Map<String, Damage> damages = new TreeMap<>();
    for (String text : List.of("", "{", "{\"id\":\"Docs\"}", "null", "[]", "{\"id\":\"/\"}")) {
      damages.put("settings " + text, () -> Files.writeString(settings(), text));
    }
    damages.put("no settings", () -> Files.delete(settings()));
    damages.put(
        "settings of another",
        () ->
            Files.copy(
                folder.resolve("corpora/fine/corpus.json"),
                settings(),
                StandardCopyOption.REPLACE_EXISTING));
    damages.put("no index", () -> IOUtils.rm(corpus().resolve("index")));
    damages.put("no segments file", () -> delete("segments"));
    damages.put("half of each file", this::halveFiles);
    return damages;
  }

  private void delete(String prefix) throws IOException {
    try (var files = Files.list(corpus().resolve("index"))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith(prefix)).toList()) {
        Files.delete(file);
      }
    }
  }

  private void halveFiles() throws IOException {
    try (var files = Files.list(corpus().resolve("index"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
  }

  private static void assertRefused(String reason, ThrowingCallable call) {
    RagException refusal = catchThrowableOfType(RagException.class, call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining("corpus Docs ");
  }

  private static void assertAllRefused(LuceneChunkStore store, String reason) {
    assertRefused(reason, () -> store.snapshot(DOCS).close());
    assertRefused(
        reason, () -> store.replaceDocument(DOCS, Revisions.of("d", "new"), Call.UNLIMITED));
    assertRefused(reason, () -> store.deleteDocument(DOCS, new DocumentId("doc"), Call.UNLIMITED));
    assertRefused(reason, () -> store.updateCorpus(DOCS, corpus -> corpus));
  }

  private static void assertFineIsServed(LuceneChunkStore store) {
    String _ = store.replaceDocument(FINE, Revisions.of("doc", "new"), Call.UNLIMITED);
    try (CorpusSnapshot snapshot = store.snapshot(FINE)) {
      assertThat(snapshot.stats()).isEqualTo(new CorpusStats(1, 1));
    }
    assertThat(store.health()).isEqualTo(StoreHealth.SERVING);
  }

  @Test
  void open_damagedCorpus_isListedRefusedAndDeletableAndTheOthersAreServed() throws IOException {
    for (Map.Entry<String, Damage> damage : damages().entrySet()) {
      damage.getValue().doIt();
      try (LuceneChunkStore store = open()) {
        assertThat(store.list(null, 9))
            .as(damage.getKey())
            .extracting(StoredCorpus::id)
            .containsExactly(DOCS, FINE);
        assertThat(store.list(null, 1))
            .as(damage.getKey())
            .singleElement()
            .isEqualTo(store.corpus(DOCS))
            .isInstanceOfSatisfying(
                StoredCorpus.Broken.class,
                broken -> assertThat(broken.fault().kind()).isEqualTo(Kind.DAMAGED));
        assertAllRefused(store, CorpusFault.BROKEN);
        assertFineIsServed(store);
        store.deleteCorpus(DOCS, any -> {});
        assertThat(store.list(null, 9)).extracting(StoredCorpus::id).containsExactly(FINE);
        store.createCorpus(Corpora.of(DOCS.value()));
        String _ = store.replaceDocument(DOCS, Revisions.of("doc", "text"), Call.UNLIMITED);
      }
    }
  }

  @Test
  void snapshot_damagedBeforeAnybodyListed_isRefusedAndThenListedAsBroken() throws IOException {
    halveFiles();
    try (LuceneChunkStore store = open()) {
      assertRefused(CorpusFault.BROKEN, () -> store.snapshot(DOCS).close());
      assertThat(store.corpus(DOCS)).isInstanceOf(StoredCorpus.Broken.class);
    }
  }

  @Test
  void open_whatIsNotRaglines_isPassedOver() throws IOException {
    Path corpora = folder.resolve("corpora");
    Files.createDirectories(corpora.resolve("lost+found/x"));
    Files.createDirectories(corpora.resolve("Not-An-Id!"));
    Files.createDirectories(corpora.resolve("empty"));
    Files.writeString(corpora.resolve("notes.txt"), "mine");
    Files.createDirectories(corpora.resolve("Capitals/index"));
    try (LuceneChunkStore store = open()) {
      assertThat(store.list(null, 9)).extracting(StoredCorpus::id).containsExactly(DOCS, FINE);
      RagException refusal =
          catchThrowableOfType(RagException.class, () -> store.createCorpus(Corpora.of("empty")));
      assertThat(refusal.reason()).isEqualTo("STORE_FOLDER");
    }
    assertThat(corpora.resolve("notes.txt")).hasContent("mine");
    assertThat(LuceneStoreCheck.check(folder).strays())
        .containsExactly("Capitals", "Not-An-Id!", "empty", "lost+found", "notes.txt");
  }

  @Test
  void open_settingsOfALaterVersion_areToldAsThat() throws IOException {
    String now = Files.readString(settings());
    assertThat(now).contains("\"version\":1");
    Files.writeString(settings(), now.replace("\"version\":1", "\"version\":7,\"metric\":{}"));
    assertOtherVersion("version 7", "version 1");
    Files.writeString(settings(), now);
  }

  @Test
  void open_indexOfALaterVersion_isToldAsThat() throws IOException {
    try (Directory directory = DirectoryOpener.MAPPED.open(corpus().resolve("index"));
        IndexWriter writer =
            new IndexWriter(
                directory, IndexFormat.writing(OpenMode.APPEND, NoMergeScheduler.INSTANCE))) {
      Map<String, String> data = new TreeMap<>(new CommitData(9, new CorpusStats(1, 2)).toMap());
      data.put("version", "4");
      writer.setLiveCommitData(data.entrySet());
      writer.commit();
    }
    assertOtherVersion("version 4", "version 2");
  }

  @Test
  void open_indexWithACodecThatIsNotKnown_isToldAsThat() throws IOException {
    Path index = corpus().resolve("index");
    try (var files = Files.list(index)) {
      for (Path file : files.filter(f -> f.toString().contains("segments_")).toList()) {
        String text = new String(Files.readAllBytes(file), ISO_8859_1);
        assertThat(text).contains("Lucene104");
        Files.write(file, summed(text.replace("Lucene104", "Lucene204").getBytes(ISO_8859_1)));
      }
    }
    assertOtherVersion("has a format that this server does not know");
  }

  /** The same with the checksum that Lucene's files end with made right again. */
  private static byte[] summed(byte[] file) {
    CRC32 sum = new CRC32();
    sum.update(file, 0, file.length - Long.BYTES);
    ByteBuffer.wrap(file).putLong(file.length - Long.BYTES, sum.getValue());
    return file;
  }

  private void assertOtherVersion(String... said) {
    try (LuceneChunkStore store = open()) {
      assertThat(store.corpus(DOCS))
          .isInstanceOfSatisfying(
              StoredCorpus.Broken.class,
              broken -> {
                assertThat(broken.fault().kind()).isEqualTo(Kind.OTHER_VERSION);
                assertThat(broken.fault().description()).contains(said);
              });
      assertAllRefused(store, CorpusFault.OTHER_VERSION);
      assertFineIsServed(store);
    }
    assertThat(LuceneStoreCheck.check(folder).isWhole()).isFalse();
  }

  @Test
  void updateCorpus_fieldsOfALaterVersion_stay() throws IOException {
    String now = Files.readString(settings());
    Files.writeString(
        settings(),
        now.replace("\"version\":1", "\"version\":1,\"owner\":{\"team\":\"search\"}")
            .replace("\"embeddingModel\":{", "\"embeddingModel\":{\"license\":\"MIT\","));
    try (LuceneChunkStore store = open()) {
      var _ = store.updateCorpus(DOCS, corpus -> corpus.renamed("New name", "etag-2"));
      assertThat(store.corpus(DOCS).requireActive().corpus().displayName()).isEqualTo("New name");
    }
    assertThat(Files.readString(settings()))
        .contains("New name", "\"owner\":{\"team\":\"search\"}", "\"license\":\"MIT\"");
  }

  @Test
  void open_settingsWithoutAVersion_areOfTheFirst() throws IOException {
    String now = Files.readString(settings());
    Files.writeString(settings(), now.replace("\"version\":1,", ""));
    try (LuceneChunkStore store = open()) {
      assertThat(store.corpus(DOCS).requireActive().stats()).isEqualTo(new CorpusStats(1, 2));
    }
  }

  @Test
  void check_eachDamage_isFoundAndNothingIsChanged() throws IOException {
    assertThat(LuceneStoreCheck.check(folder).isWhole()).isTrue();
    flipOneByte();
    Map<Path, byte[]> before = files();
    StoreReport report = LuceneStoreCheck.check(folder);
    assertThat(report.corpora()).extracting(CorpusReport::isWhole).containsExactly(false, true);
    assertThat(report.corpora().getLast().stats()).isEqualTo(new CorpusStats(1, 2));
    Map<Path, byte[]> after = files();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach((file, bytes) -> assertThat(bytes).isEqualTo(before.get(file)));
  }

  /** In the middle of the largest file: opening the index does not see it. */
  private void flipOneByte() throws IOException {
    try (var files = Files.list(corpus().resolve("index"))) {
      Path largest = files.max(Comparator.comparingLong(f -> f.toFile().length())).orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
  }

  private Map<Path, byte[]> files() throws IOException {
    try (var files = Files.walk(folder.resolve("corpora"))) {
      Map<Path, byte[]> found = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        found.put(file, Files.readAllBytes(file));
      }
      return found;
    }
  }

  @Test
  void check_storeThatIsOpen_isRefused() {
    try (LuceneChunkStore _ = open()) {
      RagException refusal =
          catchThrowableOfType(RagException.class, () -> LuceneStoreCheck.check(folder));
      assertThat(refusal.reason()).isEqualTo("STORE_LOCKED");
    }
  }

  @Test
  void open_tokenKey_isForTheOwnerOnly() throws IOException {
    Path key = folder.resolve("token-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    byte[] before = Files.readAllBytes(key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllBytes(key)).isEqualTo(before);
  }

  @Test
  void layout_isStillTheFirst() throws IOException {
    assertThat(Files.readString(folder.resolve("layout"), UTF_8)).isEqualTo("1\n");
  }
}
