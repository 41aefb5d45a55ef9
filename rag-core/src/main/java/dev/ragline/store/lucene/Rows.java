package dev.ragline.store.lucene;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.FluentIterable;
import com.google.common.collect.ImmutableList;
import dev.ragline.analysis.Words;
import dev.ragline.document.Chunk;
import dev.ragline.document.Corpus;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.Metric;
import dev.ragline.document.Sha256;
import dev.ragline.document.reading.ReadingCodec;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.LeadInJson;
import dev.ragline.store.MetadataJson;
import dev.ragline.store.SearchText;
import dev.ragline.store.Vectors;
import java.util.HexFormat;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * How a document lies in its corpus's index: as one block of rows, its chunks by ordinal, then its
 * content in pieces, then its record. Lucene writes a block at once into one segment and a merge
 * keeps rows in order; rows are deleted by {@link #OWNER}, all or none. So the rows of a document
 * stay next to each other, and are found by counting back from its record.
 */
final class Rows {
  /** Bytes of content in a row, except in the last one. */
  static final int PIECE = 64 * 1024;

  /** Chunks of a document whose rows are made at once. */
  private static final int AT_ONCE = 256;

  /** In every row: the document's id, to delete by. */
  static final String OWNER = "owner";

  /** In a record: the document's id, to find and list by. */
  static final String RECORD = "record";

  static final String TITLE = "title";
  static final String URI = "uri";
  static final String MEDIA_TYPE = "media_type";

  /** In a record: its language, to read and to count by; indexes before 2 have none. */
  static final String LANGUAGE = "language";

  static final String SIZE = "size";
  static final String CHUNKS = "chunks";
  static final String UPDATE_TIME = "update_time";
  static final String ETAG = "etag";

  /** In a record that has any: the metadata as JSON. */
  static final String METADATA = "metadata";

  /** In a record and in a chunk: digest of the content. */
  static final String REVISION = "revision";

  /** In a chunk: the document's id, to sort by and to read. */
  static final String DOCUMENT = "document";

  static final String ORDINAL = "ordinal";
  static final String TEXT = "text";

  /** In a chunk: what a reader sees of its text, as changes of it; older indexes have none. */
  static final String READING = "reading";

  static final String START = "start";
  static final String END = "end";
  static final String HEADING = "heading";

  /** In a chunk: what announces it, each as JSON, outermost first. */
  static final String LEAD_IN = "lead_in";

  static final String DIGEST = "digest";
  static final String VECTOR = "vector";

  /** In a chunk: the vectors of its sentences; missing where it has none. */
  static final String SENTENCES = "sentences";

  private static final String WORDS = "words";

  /** In a piece of content: the bytes. */
  static final String CONTENT = "content";

  private static final FieldType WORDS_TYPE = wordsType();

  private Rows() {}

  /**
   * In a chunk: the words that it is searched by, in a field of its language. A word is as rare,
   * and a chunk as long, as those of its language make it, whatever else is in the corpus. English
   * has the name that the field had in the time before there were languages.
   */
  static String words(Language language) {
    return language.equals(Language.ENGLISH) ? WORDS : WORDS + "_" + language;
  }

  /** Rows that hold content of {@code size} bytes. */
  static int pieces(long size) {
    return Math.toIntExact((size + PIECE - 1) / PIECE);
  }

  /** What Lucene calls a metric. */
  static VectorSimilarityFunction similarity(Metric metric) {
    return switch (metric) {
      case IP -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
      case COSINE -> VectorSimilarityFunction.COSINE;
      case L2 -> VectorSimilarityFunction.EUCLIDEAN;
    };
  }

  /**
   * The change that puts a revision in place of whatever its document held.
   *
   * @throws dev.ragline.document.RagException INVALID_ARGUMENT for a vector that has no score
   */
  static Change replacing(DocumentRevision revision, Corpus corpus) {
    for (EmbeddedChunk chunk : revision.chunks()) {
      Vectors.requireUsable(chunk.vector(), corpus);
    }
    DocumentId id = revision.document().id();
    if (revision.content().length != revision.document().size()) {
      throw new IllegalArgumentException("the content is not as long as the document says");
    }
    Iterable<Document> rows = block(revision, similarity(corpus.metric()));
    int chunks = revision.chunks().size();
    // Rows of usual documents are made beside other writes, those of large ones while they are
    // written: they are not to be in memory at once.
    return new Change.Replace(id, chunks <= AT_ONCE ? ImmutableList.copyOf(rows) : rows, chunks);
  }

  /** The rows, each made when it is asked for. */
  private static Iterable<Document> block(
      DocumentRevision revision, VectorSimilarityFunction similarity) {
    int chunks = revision.chunks().size();
    int pieces = pieces(revision.content().length);
    return FluentIterable.from(ContiguousSet.closedOpen(0, chunks + pieces + 1))
        .transform(
            n -> {
              Document row;
              if (n < chunks) {
                row = chunkRow(revision, n, similarity);
              } else if (n < chunks + pieces) {
                row = piece(revision.content(), (n - chunks) * PIECE);
              } else {
                row = record(revision.document());
              }
              String owner = revision.document().id().value();
              row.add(new StringField(OWNER, owner, Field.Store.NO));
              return row;
            });
  }

  private static Document chunkRow(
      DocumentRevision revision, int ordinal, VectorSimilarityFunction similarity) {
    EmbeddedChunk chunk = revision.chunks().get(ordinal);
    requirePlace(chunk.chunk(), revision.document().id(), ordinal);
    Document row = chunkRow(chunk, revision.document().language(), similarity);
    FilterFields.add(row, revision.document());
    return row;
  }

  private static Document piece(byte[] content, int from) {
    Document row = new Document();
    row.add(new StoredField(CONTENT, content, from, Math.min(PIECE, content.length - from)));
    return row;
  }

  private static Document chunkRow(
      EmbeddedChunk embedded, Language language, VectorSimilarityFunction similarity) {
    Chunk chunk = embedded.chunk();
    String document = chunk.id().document().value();
    Document row = new Document();
    row.add(new StoredField(DOCUMENT, document));
    row.add(new SortedDocValuesField(DOCUMENT, new BytesRef(document)));
    row.add(new StoredField(ORDINAL, chunk.id().ordinal()));
    row.add(new NumericDocValuesField(ORDINAL, chunk.id().ordinal()));
    row.add(new StoredField(REVISION, bytes(chunk.revision())));
    row.add(new StoredField(TEXT, chunk.text()));
    row.add(new StoredField(START, chunk.range().start()));
    row.add(new StoredField(END, chunk.range().end()));
    if (chunk.reading() != null) {
      row.add(new StoredField(READING, ReadingCodec.encode(chunk.reading())));
    }
    chunk.headingPath().forEach(heading -> row.add(new StoredField(HEADING, heading)));
    chunk.leadIns().forEach(leadIn -> row.add(new StoredField(LEAD_IN, LeadInJson.write(leadIn))));
    row.add(new StoredField(DIGEST, bytes(embedded.embeddedDigest())));
    row.add(new KnnFloatVectorField(VECTOR, embedded.vector(), similarity));
    byte[] sentences = embedded.vectors().sentences().bytes();
    if (sentences.length > 0) {
      // Beside the stored fields: those are decompressed for every candidate.
      row.add(new BinaryDocValuesField(SENTENCES, new BytesRef(sentences)));
    }
    WordStream words = new WordStream(Words.each(SearchText.of(chunk), language));
    row.add(new Field(words(language), words, WORDS_TYPE));
    return row;
  }

  private static Document record(dev.ragline.document.Document document) {
    Document row = new Document();
    row.add(new StringField(RECORD, document.id().value(), Field.Store.YES));
    row.add(new StoredField(TITLE, document.title()));
    row.add(new StoredField(URI, document.uri()));
    row.add(new StoredField(MEDIA_TYPE, document.mediaType().name()));
    row.add(new StringField(LANGUAGE, document.language().tag(), Field.Store.YES));
    row.add(new StoredField(SIZE, document.size()));
    row.add(new StoredField(REVISION, bytes(document.revision())));
    row.add(new StoredField(CHUNKS, document.chunkCount()));
    row.add(new StoredField(UPDATE_TIME, document.updateTime().toString()));
    row.add(new StoredField(ETAG, document.etag()));
    if (!document.metadata().isEmpty()) {
      row.add(new StoredField(METADATA, MetadataJson.text(document.metadata())));
    }
    return row;
  }

  private static byte[] bytes(Sha256 digest) {
    return HexFormat.of().parseHex(digest.hex());
  }

  private static FieldType wordsType() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    // No search asks where a word stands.
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  /** Finding rows by counting relies on it. */
  private static void requirePlace(Chunk chunk, DocumentId document, int ordinal) {
    if (!chunk.id().document().equals(document) || chunk.id().ordinal() != ordinal) {
      throw new IllegalArgumentException("a revision's chunks must be its own, by ordinal");
    }
  }
}
