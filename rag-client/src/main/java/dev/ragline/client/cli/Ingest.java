package dev.ragline.client.cli;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.DeleteDocumentResponse;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.GroundingSettings;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.UploadDocumentResponse;
import io.grpc.Status;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings files into a corpus: makes the corpus ready, uploads, tidies up, and gives a receipt. */
final class Ingest {
  private static final FieldMask METADATA_SCHEMA =
      FieldMask.newBuilder().addPaths("metadata_schema").build();

  private static final FieldMask GENERATION = FieldMask.newBuilder().addPaths("generation").build();
  private static final FieldMask GROUNDING = FieldMask.newBuilder().addPaths("grounding").build();

  private static final int NAMED = 5;

  private final Shell shell;
  private final RagClient client;
  private final Plan plan;

  /**
   * What is wanted.
   *
   * @param corpus the corpus's resource name
   * @param settings what the corpus must be like; unset where anything is right
   * @param metadata what is said of every document
   * @param recreate delete the corpus first
   * @param folders whether folders were given, so that what is missing in them is worth a word
   * @param prune delete the documents of the corpus that are not among the files
   * @param json whether the output is for programs
   */
  record Plan(
      String corpus,
      Corpus settings,
      MetadataOptions metadata,
      boolean recreate,
      boolean folders,
      boolean prune,
      boolean json) {}

  Ingest(Shell shell, RagClient client, Plan plan) {
    this.shell = shell;
    this.client = client;
    this.plan = plan;
  }

  /** Returns the exit code. */
  int run(SourceFiles found) {
    Corpus corpus = prepareCorpus();
    Struct metadata = plan.metadata().typed(corpus.getMetadataSchemaList());
    List<SourceFile> files = found.files();
    found.problems().forEach(shell::note);
    Consumer<UploadDocumentResponse> show =
        response -> {
          if (plan.json()) {
            Json.printWithZeros(shell.out(), response);
          }
        };
    Uploads uploads = new Uploads(client, Names.corpusId(plan.corpus()), metadata, show);
    Receipt.Builder sum = Receipt.newBuilder();
    Progress progress = new Progress(shell, files.size());
    try (progress) {
      uploads.run(files, progress);
      sum.mergeFrom(uploads.sum());
    }
    noteFailures(uploads, files.size());
    noteUnread(uploads.unread());
    boolean clean = uploads.lost() == null && found.problems().isEmpty();
    try {
      if (clean && plan.folders()) {
        tidy(files, sum);
      }
    } finally {
      // Also where the tidying fails: what is in is in.
      print(sum.build(), uploads, files.size(), progress);
    }
    return exitCode(uploads, files.size(), found.problems().isEmpty());
  }

  private void noteFailures(Uploads uploads, int total) {
    if (uploads.failed() > 0 && uploads.lost() == null && !shell.interrupted()) {
      shell.note(
          "%d of %d documents failed, %d are in"
              .formatted(uploads.failed(), total, uploads.acknowledged()));
    }
  }

  private void noteUnread(List<String> unread) {
    if (!unread.isEmpty()) {
      shell.note(
          "nothing to read in %s, so nothing is found of them: %s%s"
              .formatted(
                  Text.count(unread.size(), "document"),
                  unread.stream().limit(NAMED).collect(Collectors.joining(", ")),
                  unread.size() > NAMED ? " and %d more".formatted(unread.size() - NAMED) : ""));
    }
  }

  private int exitCode(Uploads uploads, int total, boolean allSeen) {
    String done = "%d of %d documents are acknowledged".formatted(uploads.acknowledged(), total);
    if (shell.interrupted()) {
      shell.note("interrupted: " + done);
      return ExitCode.INTERRUPTED;
    }
    if (uploads.lost() != null) {
      throw CommandException.unreachable(
          "the server is not reachable any more: " + done + "; run the same again to go on");
    }
    return uploads.failed() == 0 && allSeen ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Corpus prepareCorpus() {
    if (plan.recreate()) {
      absentIsNull(
          () -> {
            client.deleteCorpus(plan.corpus());
            return true;
          });
    }
    Corpus there = plan.recreate() ? null : absentIsNull(() -> client.getCorpus(plan.corpus()));
    String id = Names.corpusId(plan.corpus());
    if (there == null) {
      return client.createCorpus(id, plan.settings());
    }
    CorpusOptions.requireSame(there, plan.settings(), id);
    Corpus grown =
        MetadataFields.missing(there, plan.settings(), id)
            .map(more -> client.updateCorpus(more, METADATA_SCHEMA))
            .orElse(there);
    return groundedAsAsked(answeredAsAsked(grown));
  }

  private Corpus answeredAsAsked(Corpus there) {
    GenerationSpec wanted =
        GenerationOptions.over(there.getGeneration(), plan.settings().getGeneration());
    return wanted.equals(there.getGeneration())
        ? there
        : client.updateCorpus(there.toBuilder().setGeneration(wanted).build(), GENERATION);
  }

  private Corpus groundedAsAsked(Corpus there) {
    GroundingSettings wanted = plan.settings().getGrounding();
    return !plan.settings().hasGrounding() || wanted.equals(there.getGrounding())
        ? there
        : client.updateCorpus(there.toBuilder().setGrounding(wanted).build(), GROUNDING);
  }

  private static <T> @Nullable T absentIsNull(Supplier<T> call) {
    try {
      return call.get();
    } catch (RagClientException e) {
      if (e.code() == Status.Code.NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  /** Looks after documents that are in the corpus but not in the folders. */
  private void tidy(List<SourceFile> files, Receipt.Builder sum) {
    Set<String> kept = files.stream().map(SourceFile::id).collect(Collectors.toSet());
    List<String> vanished;
    try (var documents = client.listDocuments(plan.corpus())) {
      vanished =
          documents
              .map(document -> document.getName())
              .filter(name -> !kept.contains(Names.documentId(name)))
              .toList();
    }
    if (vanished.isEmpty()) {
      return;
    }
    if (!plan.prune()) {
      shell.note(
          "in the corpus but not in what was given: %s; --prune deletes such"
              .formatted(Text.count(vanished.size(), "document")));
      return;
    }
    for (String name : vanished) {
      DeleteDocumentResponse gone = client.deleteDocument(name);
      sum.setRemoved(sum.getRemoved() + gone.getRemoved())
          .setConsistencyToken(gone.getConsistencyToken());
      shell.note("deleted " + Text.oneLine(Names.documentId(name)));
    }
  }

  private void print(Receipt sum, Uploads uploads, int total, Progress progress) {
    if (plan.json()) {
      Json.printWithZeros(shell.out(), UploadDocumentResponse.newBuilder().setReceipt(sum));
      return;
    }
    double seconds = progress.elapsed().toMillis() / 1000.0;
    shell
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%d chunks added, %d changed, %d unchanged, %d removed; %d embedded"
                    + " (%d of %d documents, %.1f s)",
                sum.getAdded(),
                sum.getChanged(),
                sum.getUnchanged(),
                sum.getRemoved(),
                sum.getEmbedded(),
                uploads.acknowledged(),
                total,
                seconds));
  }
}
