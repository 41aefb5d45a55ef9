package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.milvus.Head.Stamp;
import dev.ragline.store.milvus.Steps.Step;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One write of a document, without transactions: a note of what is about to happen, the new rows,
 * which nobody sees yet, and then the head, whose row makes them visible all at once. What it put
 * out of use is removed when nobody reads it any more.
 */
final class Replacement {
  private final Server.Prepared shared;
  private final OpenCorpus corpus;
  private final Steps steps;
  private final long abandonedMillis;

  Replacement(Server.Prepared shared, OpenCorpus corpus, Steps steps, MilvusStoreConfig config) {
    this.shared = shared;
    this.corpus = corpus;
    this.steps = steps;
    this.abandonedMillis = config.abandoned().toMillis();
  }

  /** The note of a write that puts a revision there, or removes the document. */
  Intent intent(DocumentId id, @Nullable DocumentRevision revision) {
    String write = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    int chunks = revision == null ? 0 : revision.chunks().size();
    int pieces = revision == null ? 0 : ContentRows.count(revision.content().size());
    WrittenRows rows = new WrittenRows(write, chunks, pieces);
    return new Intent(corpus.identity(), id, rows, System.currentTimeMillis());
  }

  /**
   * Writes.
   *
   * @param revision null to remove the document
   */
  WritePosition run(Intent intent, @Nullable DocumentRevision revision, Call call) {
    long time = shared.registry().put(intent, call);
    steps.done(Step.INTENT_WRITTEN);
    long rowsTime = 0;
    if (revision != null) {
      String write = intent.rows().write();
      rowsTime =
          corpus.chunks().insert(ChunkRows.of(write, revision, corpus.searchesWords()), call);
      steps.done(Step.CHUNKS_WRITTEN);
      time = shared.contents().insert(ContentRows.of(write, revision.content()), call);
      rowsTime = Math.max(rowsTime, time);
      steps.done(Step.CONTENT_WRITTEN);
    }
    requireInTime(intent);
    Document document = revision == null ? null : revision.document();
    var publication = new HeadPublication(intent, document, rowsTime, call);
    WritePosition position = corpus.publish(Math.max(time, rowsTime), publication, call);
    steps.done(Step.HEAD_WRITTEN);
    return position;
  }

  /** A sweep takes a write that is this old for one that a crash ended. */
  private void requireInTime(Intent intent) {
    if (System.currentTimeMillis() - intent.began() > abandonedMillis / 2) {
      throw new RagException(
          ErrorCode.ABORTED, "WRITE_TOO_SLOW", "the write took too long, its rows are removed");
    }
  }

  private final class HeadPublication implements OpenCorpus.Publication {
    private final Intent intent;
    private final @Nullable Document document;
    private final long rowsTime;
    private final Call call;

    HeadPublication(Intent intent, @Nullable Document document, long rowsTime, Call call) {
      this.intent = intent;
      this.document = document;
      this.rowsTime = rowsTime;
      this.call = call;
    }

    @Override
    public long publish(View before, Stamp stamp) {
      return shared.registry().put(head(stamp), intent.identity(), intent.began(), call);
    }

    @Override
    public View after(View now, Stamp stamp) {
      return now.with(head(stamp));
    }

    private Head head(Stamp stamp) {
      WrittenRows rows = intent.rows();
      return new Head(intent.id(), rows.write(), stamp, document, rows.pieces(), rowsTime);
    }
  }
}
