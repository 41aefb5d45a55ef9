package dev.ragline.store.lucene;

import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.KeptSettings;
import dev.ragline.store.LaterVersionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The corpora's files: {@code <id>/corpus.json}, a corpus's settings; {@code <id>/index}, what it
 * holds. A corpus appears and goes by a rename, so that a crash leaves it whole or leaves a folder
 * beginning with {@code ~}, which the next start removes. What else is there is passed over.
 */
final class CorpusFolders {
  private static final Logger log = LoggerFactory.getLogger(CorpusFolders.class);
  private static final String SETTINGS = "corpus.json";
  private static final String INDEX = "index";
  private static final String LEFTOVER = "~";
  private static final Pattern CAPITAL = Pattern.compile("\\+([a-z])");

  private final Path corpora;

  CorpusFolders(Path corpora) {
    this.corpora = corpora;
  }

  /**
   * What is in the folder.
   *
   * @param leftovers names of what a crash left
   * @param strays names of what is not the store's
   */
  record Contents(List<FoundCorpus> corpora, List<String> leftovers, List<String> strays) {}

  /** Looks at every corpus's settings. One that cannot be read keeps none from being found. */
  Contents contents() throws IOException {
    Contents found = new Contents(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(corpora)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.startsWith(LEFTOVER)) {
          found.leftovers.add(name);
        } else {
          decode(name)
              .filter(id -> isCorpus(entry))
              .ifPresentOrElse(
                  id -> found.corpora.add(read(id, entry)), () -> found.strays.add(name));
        }
      }
    }
    return found;
  }

  private static boolean isCorpus(Path entry) {
    return Files.exists(entry.resolve(SETTINGS)) || Files.isDirectory(entry.resolve(INDEX));
  }

  private static FoundCorpus read(CorpusId id, Path folder) {
    try {
      KeptSettings settings = KeptSettings.read(Files.readAllBytes(folder.resolve(SETTINGS)));
      return settings.corpus().id().equals(id)
          ? new FoundCorpus(id, settings, null)
          : new FoundCorpus(
              id, null, CorpusFault.damaged("its settings are those of another corpus"));
    } catch (IOException e) {
      CorpusFault fault = fault(e);
      log.error("corpus {} is not served: {}", id, fault.description());
      log.debug("settings of corpus {}", id, e);
      return new FoundCorpus(id, null, fault);
    }
  }

  private static CorpusFault fault(IOException failure) {
    return switch (failure) {
      case LaterVersionException later -> CorpusFault.otherVersion(StoreFailures.said(later));
      case NoSuchFileException missing -> CorpusFault.damaged("its settings are missing");
      case AccessDeniedException denied ->
          CorpusFault.damaged("the server's user may not read its settings");
      default -> CorpusFault.damaged("its settings are damaged");
    };
  }

  /** Removes what a crash left; what cannot be removed stays. */
  void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(corpora, LEFTOVER + "*")) {
      leftovers.forEach(CorpusFolders::removeQuietly);
    }
  }

  /** Where a corpus's index is. */
  Path index(CorpusId id) {
    return folder(id).resolve(INDEX);
  }

  /** Makes a corpus's folder, with what {@code fill} puts into its index, all at once. */
  void create(KeptSettings settings, IndexFiller fill) throws IOException {
    CorpusId id = settings.corpus().id();
    if (Files.exists(folder(id))) {
      throw RagException.failedPrecondition(
          "STORE_FOLDER",
          id.resourceName(),
          "in the store's folder, where corpus %s would be kept, is something else".formatted(id));
    }
    Path draft = corpora.resolve("~new-" + UUID.randomUUID());
    try {
      Path index = draft.resolve(INDEX);
      Files.createDirectories(index);
      fill.fill(index);
      DurableFiles.write(draft.resolve(SETTINGS), settings.bytes());
      move(draft, folder(id));
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
  void save(KeptSettings settings) throws IOException {
    Corpus corpus = settings.corpus();
    DurableFiles.write(folder(corpus.id()).resolve(SETTINGS), settings.bytes());
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

  /** The id that a name is of, if it is one of {@link #encode}. */
  private static Optional<CorpusId> decode(String name) {
    String value =
        CAPITAL.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    try {
      return Optional.of(new CorpusId(value)).filter(id -> encode(id).equals(name));
    } catch (RagException e) {
      return Optional.empty();
    }
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
}
