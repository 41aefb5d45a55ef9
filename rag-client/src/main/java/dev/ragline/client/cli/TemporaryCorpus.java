package dev.ragline.client.cli;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.client.evaluation.QuestionSet.OwnPassage;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.SeparatorChunking;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A corpus for one evaluation, in which every passage is one chunk; gone when it is closed. */
final class TemporaryCorpus implements AutoCloseable {
  private static final int PARALLEL = 4;

  /** Stands in no text, so that nothing is ever cut. */
  private static final String NEVER = "\u241E rag eval \u241E";

  private final Shell shell;
  private final RagClient client;
  private final String id = "eval-" + UUID.randomUUID();
  private boolean created;
  private boolean closed;
  private volatile String token = "";

  TemporaryCorpus(Shell shell, RagClient client) {
    this.shell = shell;
    this.client = client;
  }

  String name() {
    return Names.corpus(id);
  }

  /** What a question must bring along to see all passages. */
  String token() {
    return token;
  }

  /** Creates the corpus and puts the passages in, all or none. */
  void fill(List<OwnPassage> passages) {
    create();
    ExecutorService workers = Executors.newFixedThreadPool(PARALLEL);
    try (EvalProgress progress = new EvalProgress(shell, "passages", passages.size())) {
      AtomicInteger done = new AtomicInteger();
      CompletableFuture<?>[] uploads =
          passages.stream()
              .map(
                  passage ->
                      CompletableFuture.runAsync(
                          () -> {
                            upload(passage);
                            progress.at(done.incrementAndGet());
                          },
                          workers))
              .toArray(CompletableFuture<?>[]::new);
      for (CompletableFuture<?> upload : uploads) {
        var unused = upload.join();
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof RagClientException failure ? failure : e;
    } finally {
      workers.shutdownNow();
    }
  }

  private synchronized void create() {
    if (closed) {
      throw CommandException.failed("interrupted");
    }
    // Before the call: one that fails may have created the corpus all the same.
    created = true;
    Corpus settings =
        Corpus.newBuilder()
            .setDisplayName("of rag eval, which deletes it when it ends")
            .setChunking(
                Chunking.newBuilder()
                    .setSeparator(SeparatorChunking.newBuilder().setSeparator(NEVER)))
            .build();
    var unused = client.createCorpus(id, settings);
  }

  private void upload(OwnPassage passage) {
    UploadHeader header =
        UploadHeader.newBuilder()
            .setDocument(Names.document(id, passage.document()))
            .setTitle(passage.title())
            .setMediaType("text/plain")
            .build();
    token =
        client
            .upload(header, passage.text().getBytes(StandardCharsets.UTF_8))
            .getReceipt()
            .getConsistencyToken();
  }

  @Override
  public void close() {
    delete();
  }

  /** Deletes the corpus, once; where that does not work, says how. */
  synchronized void delete() {
    if (created && !closed) {
      try {
        client.deleteCorpus(name());
      } catch (RagClientException e) {
        if (e.code() != Status.Code.NOT_FOUND) {
          shell.note(
              "the temporary corpus is still there (%s); delete it with: rag corpus delete %s"
                  .formatted(CommandException.describe(e), id));
        }
      }
    }
    closed = true;
  }
}
