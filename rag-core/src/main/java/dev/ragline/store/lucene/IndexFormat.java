package dev.ragline.store.lucene;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How indexes are written: the weights of words, the format of vectors. */
final class IndexFormat {
  private static final Logger log = LoggerFactory.getLogger(IndexFormat.class);

  /** BM25 with k1 1.2 and b 0.75, the values that Robertson and Zaragoza (2009) call reasonable. */
  static final Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

  /** Rows bring their words, none are made here. */
  private static final Analyzer NO_TEXT = new KeywordAnalyzer();

  private static final Codec CODEC =
      new Lucene104Codec() {
        private final KnnVectorsFormat vectors = new WideVectors();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return vectors;
        }
      };

  private IndexFormat() {}

  /** Settings for a new writer. */
  static IndexWriterConfig writing(OpenMode mode) {
    return new IndexWriterConfig(NO_TEXT)
        .setSimilarity(BM25)
        .setCodec(CODEC)
        .setOpenMode(mode)
        .setMergeScheduler(new LoggingMerges())
        // No commit waits for merges: somebody waits for it.
        .setMaxFullFlushMergeWaitMillis(0)
        .setCommitOnClose(false);
  }

  /**
   * Lucene's own format, for more than the 1024 components that it allows by default. It bears the
   * same name in the index, so that it is read as any other.
   */
  private static final class WideVectors extends KnnVectorsFormat {
    private static final int MAX_DIMENSION = 16_384;

    private final KnnVectorsFormat format;

    WideVectors() {
      this(new Lucene99HnswVectorsFormat());
    }

    private WideVectors(KnnVectorsFormat format) {
      super(format.getName());
      this.format = format;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return MAX_DIMENSION;
    }
  }

  /** A failed merge closes its writer, which the next write notices; here it is only told. */
  private static final class LoggingMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable failure) {
      log.warn("a merge of index segments failed", failure);
    }
  }
}
