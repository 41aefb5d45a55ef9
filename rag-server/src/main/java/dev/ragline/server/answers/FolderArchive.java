package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.CorpusId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished answers as files, {@code <corpus>/<answer>} below a folder that this process owns,
 * within a bound of bytes and of age. A file appears by a rename. It is not forced to the disk: an
 * answer outlives its server's crash, and maybe not a power cut, which its digest then tells.
 *
 * <p>What is there is noted in memory, under a lock that nobody holds while the disk is asked: a
 * slow disk holds back only whoever waits for its file.
 */
public final class FolderArchive implements AnswerArchive {
  private static final Logger log = LoggerFactory.getLogger(FolderArchive.class);

  /** What is left to the store when the disk is nearly full. */
  private static final long SPARE_BYTES = 64L << 20;

  private final Path folder;
  private final long mostBytes;
  private final Duration longest;
  private final InstantSource clock;
  private final Map<Path, Entry> entries = new LinkedHashMap<>();
  private long used;

  private record Entry(long bytes, Instant written) {}

  private FolderArchive(Path folder, long mostBytes, Duration longest, InstantSource clock) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * Opens a folder, which need not be there yet, and deletes what is too old.
   *
   * @throws IOException when it cannot be read
   */
  public static FolderArchive open(
      Path folder, long mostBytes, Duration longest, InstantSource clock) throws IOException {
    Files.createDirectories(folder);
    FolderArchive archive = new FolderArchive(folder, mostBytes, longest, clock);
    archive.load();
    archive.sweep();
    return archive;
  }

  private synchronized void load() throws IOException {
    record Found(Path file, long bytes, FileTime written) {}
    List<Found> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith("~")) {
          Files.delete(file); // a crash left it
        } else {
          found.add(new Found(file, Files.size(file), Files.getLastModifiedTime(file)));
        }
      }
    }
    found.sort(Comparator.comparing(Found::written));
    found.forEach(
        file -> {
          entries.put(file.file(), new Entry(file.bytes(), file.written().toInstant()));
          used += file.bytes();
        });
  }

  @Override
  public void write(AnswerId id, Kept answer) {
    byte[] bytes = KeptFile.write(answer);
    Path file = file(id);
    Path draft = file.resolveSibling("~" + file.getFileName());
    try {
      if (bytes.length > mostBytes || Files.getFileStore(folder).getUsableSpace() < SPARE_BYTES) {
        return;
      }
      Files.createDirectories(file.getParent());
      Files.write(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("an answer is held in memory only, as it cannot be written", e);
      deleteQuietly(draft);
      return;
    }
    add(file, bytes.length).forEach(FolderArchive::deleteQuietly);
  }

  /** Notes a file that is there; returns those that have to go for it. */
  private synchronized List<Path> add(Path file, long bytes) {
    Entry before = entries.put(file, new Entry(bytes, clock.instant()));
    used += bytes - (before == null ? 0 : before.bytes());
    return removeWhile(entry -> used > mostBytes);
  }

  @Override
  public Optional<Kept> read(AnswerId id) {
    Path file = file(id);
    if (!has(file)) {
      return Optional.empty();
    }
    try {
      Kept kept = KeptFile.read(Files.readAllBytes(file));
      return isTooOld(kept.finished()) ? Optional.empty() : Optional.of(kept);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      log.warn("an answer on disk cannot be read", e);
      return Optional.empty();
    }
  }

  private synchronized boolean has(Path file) {
    return entries.containsKey(file);
  }

  @Override
  public void forget(CorpusId corpus) {
    Path gone = folder(corpus);
    removeBelow(gone).forEach(FolderArchive::deleteQuietly);
    deleteQuietly(gone);
  }

  private synchronized List<Path> removeBelow(Path gone) {
    List<Path> removed = entries.keySet().stream().filter(file -> file.startsWith(gone)).toList();
    removed.forEach(file -> used -= Objects.requireNonNull(entries.remove(file)).bytes());
    return removed;
  }

  @Override
  public void sweep() {
    removeOld().forEach(FolderArchive::deleteQuietly);
  }

  private synchronized List<Path> removeOld() {
    return removeWhile(entry -> used > mostBytes || isTooOld(entry.written()));
  }

  private boolean isTooOld(Instant finished) {
    return finished.isBefore(clock.instant().minus(longest));
  }

  /** Takes the oldest out, one after the other. */
  private List<Path> removeWhile(Predicate<Entry> condition) {
    List<Path> removed = new ArrayList<>();
    Iterator<Map.Entry<Path, Entry>> oldest = entries.entrySet().iterator();
    while (oldest.hasNext()) {
      var entry = oldest.next();
      if (!condition.test(entry.getValue())) {
        break;
      }
      removed.add(entry.getKey());
      used -= entry.getValue().bytes();
      oldest.remove();
    }
    return removed;
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("an answer that is no longer needed stays on disk", e);
    }
  }

  private Path file(AnswerId id) {
    return folder(id.corpus()).resolve(id.value().toString());
  }

  /** Capitals as {@code +} and the small letter: ids differ by case, files may not. */
  private Path folder(CorpusId corpus) {
    return folder.resolve(corpus.value().replaceAll("([A-Z])", "+$1").toLowerCase(Locale.ROOT));
  }
}
