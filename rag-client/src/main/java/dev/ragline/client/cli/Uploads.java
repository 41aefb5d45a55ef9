package dev.ragline.client.cli;

import com.google.protobuf.Struct;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import dev.ragline.v1.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Uploads files, a few at a time; what is wrong with one does not stop the others. */
final class Uploads {
  private static final int PARALLEL = 4;

  private final RagClient client;
  private final String corpusId;
  private final Struct metadata;
  private final Consumer<UploadDocumentResponse> show;
  private final Receipt.Builder sum = Receipt.newBuilder();
  private final List<String> unread = new ArrayList<>();
  private int acknowledged;
  private int failed;
  private volatile @Nullable RagClientException lost;
  private volatile String lastToken = "";

  /** What became of one file: a response, or what was wrong, or neither where it was not tried. */
  private record Outcome(
      SourceFile file, @Nullable UploadDocumentResponse response, @Nullable String problem) {}

  /**
   * @param metadata what is said of every document
   * @param show is given every response, in the order of the files
   */
  Uploads(
      RagClient client, String corpusId, Struct metadata, Consumer<UploadDocumentResponse> show) {
    this.client = client;
    this.corpusId = corpusId;
    this.metadata = metadata;
    this.show = show;
  }

  void run(List<SourceFile> files, Progress progress) {
    ExecutorService workers = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<CompletableFuture<Outcome>> outcomes =
          files.stream()
              .map(file -> CompletableFuture.supplyAsync(() -> upload(file), workers))
              .toList();
      outcomes.forEach(outcome -> count(outcome.join(), progress));
    } finally {
      workers.shutdownNow();
    }
  }

  /** The receipts of all acknowledged documents, added up, with the token of the last. */
  Receipt sum() {
    return sum.setConsistencyToken(lastToken).build();
  }

  int acknowledged() {
    return acknowledged;
  }

  int failed() {
    return failed;
  }

  /** Where the documents are from that are in and have nothing to read, in the order of files. */
  List<String> unread() {
    return unread;
  }

  /** How the server was lost; null where it was not. */
  @Nullable RagClientException lost() {
    return lost;
  }

  private void count(Outcome outcome, Progress progress) {
    UploadDocumentResponse response = outcome.response();
    if (response != null) {
      acknowledged++;
      Receipts.add(sum, response.getReceipt());
      progress.acknowledged(outcome.file(), response.getDocument());
      for (Warning warning : response.getWarningsList()) {
        progress.note(place(outcome.file()) + ": " + Text.warning(warning));
      }
      if (response.getDocument().getChunkCount() == 0) {
        unread.add(Text.oneLine(outcome.file().place()));
      }
      show.accept(response);
    } else if (outcome.problem() != null) {
      failed++;
      progress.failed(place(outcome.file()) + ": " + outcome.problem());
    }
  }

  private static String place(SourceFile file) {
    return Text.oneLine(file.path().toString());
  }

  private Outcome upload(SourceFile file) {
    if (lost != null) {
      return new Outcome(file, null, null);
    }
    UploadHeader.Builder header =
        UploadHeader.newBuilder()
            .setDocument(Names.document(corpusId, file.id()))
            .setUri(file.place());
    if (metadata.getFieldsCount() > 0) {
      header.setMetadata(metadata);
    }
    try {
      UploadDocumentResponse response = client.upload(header.build(), file.path());
      lastToken = response.getReceipt().getConsistencyToken();
      return new Outcome(file, response, null);
    } catch (IOException e) {
      return new Outcome(file, null, "cannot be read: " + SourceFiles.why(e));
    } catch (RagClientException e) {
      if (e.isServerUnreachable()) {
        lost = e;
        return new Outcome(file, null, null);
      }
      return new Outcome(file, null, CommandException.describe(e));
    }
  }
}
