package dev.ragline.store.lucene;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** How indexes are written: the weights of words, the format of vectors. */
final class IndexFormat {
  /** BM25 with k1 1.2 and b 0.75, the values that Robertson and Zaragoza (2009) call reasonable. */
  static final Similarity BM25 = new BM25Similarity(1.2f, 0.75f);

  // Chosen by measurement, see RATIONALE.md and docs/benchmarks.md.

  /** Neighbours of a vector in the graph. */
  private static final int NEIGHBOURS = 32;

  /** How widely the graph is searched for them. */
  private static final int BEAM = 100;

  /**
   * As Lucene counts: a segment of n vectors has a graph when n is more than ln n times this; from
   * 9 000 on. Fewer are compared one by one in less than half a millisecond, and a graph for each
   * of the small segments that documents are written to would be made for nothing.
   */
  private static final int GRAPH_FROM = 1000;

  /**
   * Megabytes of a segment that a merge makes, about 400 000 chunks: what a merge holds in memory
   * to build a graph, some 600 bytes a chunk, must fit into a small heap.
   */
  private static final double LARGEST_SEGMENT = 1024;

  /** Megabytes that a writer gathers before it makes a segment; {@link WriteTurns} bounds all. */
  static final int BUFFER = 16;

  /** Each segment is searched by itself: fewer make searches faster, and merges more frequent. */
  private static final int SEGMENTS_PER_TIER = 5;

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

  /**
   * Settings for a new writer.
   *
   * @param merges does the writer's merges
   */
  static IndexWriterConfig writing(OpenMode mode, MergeScheduler merges) {
    return new IndexWriterConfig(NO_TEXT)
        .setSimilarity(BM25)
        .setCodec(CODEC)
        .setOpenMode(mode)
        .setMergePolicy(merging())
        .setMergeScheduler(merges)
        .setRAMBufferSizeMB(BUFFER)
        // No commit waits for merges: somebody waits for it.
        .setMaxFullFlushMergeWaitMillis(0)
        .setCommitOnClose(false);
  }

  private static MergePolicy merging() {
    return new TieredMergePolicy()
        .setMaxMergedSegmentMB(LARGEST_SEGMENT)
        .setSegmentsPerTier(SEGMENTS_PER_TIER);
  }

  /**
   * Lucene's own format, one byte a component beside the floats, for more than the 1024 components
   * that it allows by default. It bears the same name in the index, so that it is read as any
   * other.
   */
  private static final class WideVectors extends KnnVectorsFormat {
    private static final int MAX_DIMENSION = 16_384;

    private final KnnVectorsFormat format;

    WideVectors() {
      this(
          new Lucene104HnswScalarQuantizedVectorsFormat(
              ScalarEncoding.UNSIGNED_BYTE, NEIGHBOURS, BEAM, 1, null, GRAPH_FROM));
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
}
