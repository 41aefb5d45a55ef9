package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.ConsistencyTokens;
import dev.ragline.store.CorpusSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's files: {@code layout}, the version of all this; {@code token-key}, what signs
 * consistency tokens; {@code corpora/<id>/corpus.json}, a corpus's settings; {@code
 * corpora/<id>/index}, what it holds. A corpus appears and goes by a rename, so that a crash leaves
 * it whole or leaves a folder beginning with {@code ~}, which the next start removes.
 */
final class StoreFolder {
  private static final Logger log = LoggerFactory.getLogger(StoreFolder.class);
  private static final String LAYOUT_FILE = "layout";
  private static final String LAYOUT = "1";

  private final Path corpora;
  private final byte[] tokenKey;

  private StoreFolder(Path corpora, byte[] tokenKey) {
    this.corpora = corpora;
    this.tokenKey = tokenKey;
  }

  /** The key of the store's consistency tokens. */
  byte[] tokenKey() {
    return tokenKey.clone();
  }

  /** Whether a store was ever opened in a folder. */
  static boolean isThere(Path root) {
    return Files.isRegularFile(root.resolve(LAYOUT_FILE));
  }

  /**
   * Opens a folder that this process owns, and removes what a crash left.
   *
   * @throws RagException FAILED_PRECONDITION when it was written by another version
   */
  static StoreFolder open(Path root) throws IOException {
    Path layout = root.resolve(LAYOUT_FILE);
    if (!Files.exists(layout)) {
      writeDurably(layout, (LAYOUT + "\n").getBytes(UTF_8));
    }
    String found = Files.readString(layout, UTF_8).strip();
    if (!found.equals(LAYOUT)) {
      throw RagException.failedPrecondition(
          "STORE_LAYOUT",
          "store",
          "the store has layout version '%s', this server knows version %s"
              .formatted(found, LAYOUT));
    }
    Path corpora = root.resolve("corpora");
    if (!Files.isDirectory(corpora)) {
      Files.createDirectory(corpora);
      IOUtils.fsync(root, true);
    }
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(corpora, "~*")) {
      for (Path leftover : leftovers) {
        IOUtils.rm(leftover);
      }
    }
    return new StoreFolder(corpora, tokenKey(root.resolve("token-key")));
  }

  private static byte[] tokenKey(Path file) throws IOException {
    if (!Files.exists(file)) {
      writeDurably(file, ConsistencyTokens.newKey());
    }
    return Files.readAllBytes(file);
  }

  /**
   * Reads all corpora's settings.
   *
   * @throws RagException INTERNAL when a corpus's settings are broken
   */
  SortedMap<CorpusId, Corpus> load() throws IOException {
    SortedMap<CorpusId, Corpus> found = new TreeMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(corpora, Files::isDirectory)) {
      for (Path folder : folders) {
        Corpus corpus = read(folder);
        found.put(corpus.id(), corpus);
      }
    }
    return found;
  }

  private static Corpus read(Path folder) {
    try {
      Corpus corpus = CorpusSettings.read(Files.readAllBytes(folder.resolve("corpus.json")));
      if (!folder.getFileName().toString().equals(encode(corpus.id()))) {
        throw new IOException("the settings are those of another corpus");
      }
      return corpus;
    } catch (IOException e) {
      throw StoreFailures.corrupt("the settings of the corpus in " + folder.getFileName(), e);
    }
  }

  /** Where a corpus's index is. */
  Path index(CorpusId id) {
    return folder(id).resolve("index");
  }

  /** Makes a corpus's folder, with what {@code fill} puts into its index, all at once. */
  void create(Corpus corpus, IndexFiller fill) throws IOException {
    Path draft = corpora.resolve("~new-" + UUID.randomUUID());
    try {
      Path index = draft.resolve("index");
      Files.createDirectories(index);
      fill.fill(index);
      writeDurably(draft.resolve("corpus.json"), CorpusSettings.write(corpus));
      move(draft, folder(corpus.id()));
    } catch (IOException | RuntimeException e) {
      removeQuietly(draft);
      throw e;
    }
  }

  /** Puts an empty index into a folder. */
  @FunctionalInterface
  interface IndexFiller {
    void fill(Path index) throws IOException;
  }

  /** Replaces a corpus's settings, all at once. */
  void save(Corpus corpus) throws IOException {
    writeDurably(folder(corpus.id()).resolve("corpus.json"), CorpusSettings.write(corpus));
  }

  /** Takes a corpus away; its files are deleted by {@link #removeQuietly}. */
  Path takeAway(CorpusId id) throws IOException {
    Path gone = corpora.resolve("~gone-" + UUID.randomUUID());
    move(folder(id), gone);
    return gone;
  }

  /** Deletes a folder; what cannot be deleted is removed by the next start. */
  static void removeQuietly(Path folder) {
    try {
      IOUtils.rm(folder);
    } catch (IOException e) {
      log.warn("a folder that is no longer needed stays until the next start", e);
    }
  }

  private Path folder(CorpusId id) {
    return corpora.resolve(encode(id));
  }

  /** Capitals as {@code +} and the small letter: ids differ by case, files may not. */
  private static String encode(CorpusId id) {
    return id.value().replaceAll("([A-Z])", "+$1").toLowerCase(Locale.ROOT);
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    try {
      IOUtils.fsync(corpora, true);
    } catch (IOException e) {
      Files.move(to, from, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }

  private static void writeDurably(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling("~" + file.getFileName());
    try {
      Files.write(draft, bytes);
      IOUtils.fsync(draft, false);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    IOUtils.fsync(file.toAbsolutePath().getParent(), true);
  }
}
