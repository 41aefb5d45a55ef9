package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.document.RagException;
import dev.ragline.store.ConsistencyTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's files: {@code layout}, the version of all this; {@code token-key}, what signs
 * consistency tokens, for the server's user only; {@code corpora}, see {@link CorpusFolders}.
 */
record StoreFolder(CorpusFolders corpora, ConsistencyTokens tokens) {
  private static final Logger log = LoggerFactory.getLogger(StoreFolder.class);
  private static final String LAYOUT_FILE = "layout";
  private static final String LAYOUT = "1";
  private static final String TOKEN_KEY = "token-key";

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
      DurableFiles.write(layout, (LAYOUT + "\n").getBytes(UTF_8));
    }
    requireLayout(root);
    Path corpora = corpora(root);
    if (!Files.isDirectory(corpora)) {
      Files.createDirectory(corpora);
      IOUtils.fsync(root, true);
    }
    CorpusFolders folders = new CorpusFolders(corpora);
    folders.removeLeftovers();
    return new StoreFolder(folders, new ConsistencyTokens(tokenKey(root)));
  }

  /**
   * Checks the version of a store that is there.
   *
   * @throws RagException FAILED_PRECONDITION when it was written by another version
   */
  static void requireLayout(Path root) throws IOException {
    String found = Files.readString(root.resolve(LAYOUT_FILE), UTF_8).strip();
    if (!found.equals(LAYOUT)) {
      throw RagException.failedPrecondition(
          "STORE_LAYOUT",
          "store",
          "the store has layout version '%s', this server knows version %s"
              .formatted(found, LAYOUT));
    }
  }

  /** Where its corpora are. */
  static Path corpora(Path root) {
    return root.resolve("corpora");
  }

  private static byte[] tokenKey(Path root) throws IOException {
    Path file = root.resolve(TOKEN_KEY);
    if (!Files.exists(file)) {
      DurableFiles.writePrivately(root, TOKEN_KEY, ConsistencyTokens.newKey());
    } else if (DurableFiles.takePrivate(file)) {
      log.warn("others could read the store's token-key; they no longer can");
    }
    return Files.readAllBytes(file);
  }
}
