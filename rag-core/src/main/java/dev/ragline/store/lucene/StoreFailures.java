package dev.ragline.store.lucene;

import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.LaterVersionException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.jspecify.annotations.Nullable;

/** Says what failures of the disk and of Lucene mean to callers. */
final class StoreFailures {
  private static final String UNKNOWN_FORMAT =
      "its index has a format that this server does not know";

  private StoreFailures() {}

  /** A write failed; {@code folder} tells by its free space what the error's text may not. */
  static RagException writing(IOException failure, Path folder) {
    // The operating system's texts may be in any language.
    if (saysFull(failure) || DiskSpace.isNearlyGone(folder)) {
      return new RagException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "DISK_FULL",
          "the store's disk is full, nothing was written",
          failure,
          new ErrorDetail.Quota("store disk", "no space left for what was to be written"));
    }
    return RagException.unavailable(
        "STORE_WRITE_FAILED",
        "the store's disk failed, nothing was written",
        Duration.ofSeconds(1),
        failure);
  }

  /** A read of a corpus that is open failed. */
  static RagException reading(CorpusId corpus, IOException failure) {
    if (isCorruption(failure)) {
      return new RagException(
          ErrorCode.INTERNAL,
          "STORE_CORRUPT",
          "the index of corpus %s is damaged where this is read; restore it from a backup"
              .formatted(corpus),
          failure);
    }
    return listing(failure);
  }

  /** The corpora could not be looked at. */
  static RagException listing(IOException failure) {
    return RagException.unavailable(
        "STORE_READ_FAILED",
        "the store's disk failed, nothing could be read",
        Duration.ofSeconds(1),
        failure);
  }

  /** What a failure to read an index's files says of the index; null where it says nothing. */
  static @Nullable CorpusFault fault(Exception failure) {
    return switch (failure) {
      case LaterVersionException later -> CorpusFault.otherVersion(said(later));
      case IndexFormatTooNewException later ->
          CorpusFault.otherVersion(
              "a later version of Lucene wrote its index (format %d, this server reads %d to %d)"
                  .formatted(later.getVersion(), later.getMinVersion(), later.getMaxVersion()));
      case IndexFormatTooOldException earlier when earlier.getVersion() != null ->
          CorpusFault.otherVersion(
              "its index was written by a version of Lucene that is too old for this server");
      // So Lucene says that it does not know a codec, be it older or newer.
      case IndexFormatTooOldException unknown -> CorpusFault.otherVersion(UNKNOWN_FORMAT);
      case IllegalArgumentException unknown -> CorpusFault.otherVersion(UNKNOWN_FORMAT);
      case IndexNotFoundException missing ->
          CorpusFault.damaged("its index is missing, or lacks its list of segments");
      case NoSuchFileException missing -> CorpusFault.damaged("a file of its index is missing");
      case FileNotFoundException missing -> CorpusFault.damaged("a file of its index is missing");
      case IOException other when isCorruption(other) ->
          CorpusFault.damaged("its index is damaged");
      default -> null;
    };
  }

  static String said(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  /** The store's folder cannot be used; {@code asGiven} is what the user calls it. */
  static RagException folder(Path asGiven, IOException failure) {
    String problem =
        switch (failure) {
          case FileAlreadyExistsException e -> "is not a folder";
          case NotDirectoryException e -> "is not a folder";
          case AccessDeniedException e -> "must be readable and writable for the server's user";
          default -> "cannot be read and written";
        };
    return new RagException(
        ErrorCode.FAILED_PRECONDITION,
        "STORE_FOLDER",
        "the store's folder " + asGiven + " " + problem,
        failure,
        new ErrorDetail.Precondition("STORE_FOLDER", asGiven.toString(), problem));
  }

  /** The store was closed. */
  static RagException closed() {
    return RagException.unavailable(
        "STORE_CLOSED", "the store is shutting down", Duration.ofSeconds(1), null);
  }

  private static boolean isCorruption(IOException failure) {
    return failure instanceof CorruptIndexException
        || failure instanceof IndexFormatTooOldException
        || failure instanceof IndexFormatTooNewException
        || failure instanceof IndexNotFoundException
        || failure instanceof NoSuchFileException
        || failure instanceof FileNotFoundException
        || failure instanceof EOFException;
  }

  private static boolean saysFull(IOException failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      String text = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left") || text.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
