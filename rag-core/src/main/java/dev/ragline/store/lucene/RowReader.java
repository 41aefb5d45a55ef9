package dev.ragline.store.lucene;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.LeadIn;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import dev.ragline.document.Sha256;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingCodec;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.LeadInJson;
import dev.ragline.store.MetadataJson;
import dev.ragline.store.SentenceVectors;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link Rows} laid down. Rows are numbered over the whole index. */
final class RowReader {
  private static final Set<String> RECORD_FIELDS =
      Set.of(
          Rows.RECORD,
          Rows.TITLE,
          Rows.URI,
          Rows.MEDIA_TYPE,
          Rows.LANGUAGE,
          Rows.SIZE,
          Rows.REVISION,
          Rows.CHUNKS,
          Rows.UPDATE_TIME,
          Rows.ETAG,
          Rows.METADATA);
  private static final Set<String> CHUNK_FIELDS =
      Set.of(
          Rows.DOCUMENT,
          Rows.ORDINAL,
          Rows.REVISION,
          Rows.TEXT,
          Rows.START,
          Rows.END,
          Rows.HEADING,
          Rows.LEAD_IN,
          Rows.READING);

  private final DirectoryReader reader;
  private final StoredFields stored;

  RowReader(DirectoryReader reader) throws IOException {
    this.reader = reader;
    this.stored = reader.storedFields();
  }

  /** Where a document's block is. */
  record Block(int firstChunk, int firstPiece, Document document) {}

  /** A document's block, if there is such a document. */
  Optional<Block> block(DocumentId id) throws IOException {
    BytesRef term = new BytesRef(id.value());
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms records = leaf.reader().terms(Rows.RECORD);
      if (records != null) {
        TermsEnum terms = records.iterator();
        if (terms.seekExact(term)) {
          int row = firstLive(terms, leaf.reader().getLiveDocs());
          if (row != DocIdSetIterator.NO_MORE_DOCS) {
            return Optional.of(block(leaf.docBase + row));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Block block(int record) throws IOException {
    Document document = document(record);
    int firstPiece = record - Rows.pieces(document.size());
    return new Block(firstPiece - document.chunkCount(), firstPiece, document);
  }

  /** Documents by id, at most {@code limit} after {@code after}. */
  List<Document> documents(@Nullable DocumentId after, int limit) throws IOException {
    List<Document> found = new ArrayList<>();
    Terms records = MultiTerms.getTerms(reader, Rows.RECORD);
    if (records == null) {
      return found;
    }
    Bits live = MultiBits.getLiveDocs(reader);
    TermsEnum terms = records.iterator();
    BytesRef term = seekAfter(terms, after);
    for (; term != null && found.size() < limit; term = terms.next()) {
      int row = firstLive(terms, live);
      if (row != DocIdSetIterator.NO_MORE_DOCS) {
        found.add(document(row));
      }
    }
    return found;
  }

  /**
   * How many documents are in each language; those that were removed count until their rows are
   * gone.
   *
   * @param documents how many there are in all: those of older indexes are not in these counts
   */
  Map<Language, Long> languages(long documents) throws IOException {
    Map<Language, Long> counts = new HashMap<>();
    Terms languages = MultiTerms.getTerms(reader, Rows.LANGUAGE);
    long known = 0;
    if (languages != null) {
      TermsEnum terms = languages.iterator();
      for (BytesRef tag = terms.next(); tag != null; tag = terms.next()) {
        counts.put(new Language(tag.utf8ToString()), (long) terms.docFreq());
        known += terms.docFreq();
      }
    }
    if (known < documents) {
      counts.merge(language(null), documents - known, Long::sum);
    }
    return counts;
  }

  /** Before there were languages, all texts were taken for English. */
  private static Language language(@Nullable String tag) {
    return tag == null ? Language.ENGLISH : new Language(tag);
  }

  private static @Nullable BytesRef seekAfter(TermsEnum terms, @Nullable DocumentId after)
      throws IOException {
    if (after == null) {
      return terms.next();
    }
    return switch (terms.seekCeil(new BytesRef(after.value()))) {
      case FOUND -> terms.next();
      case NOT_FOUND -> terms.term();
      case END -> null;
    };
  }

  private static int firstLive(TermsEnum terms, @Nullable Bits live) throws IOException {
    PostingsEnum rows = terms.postings(null, PostingsEnum.NONE);
    int row = rows.nextDoc();
    while (row != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(row)) {
      row = rows.nextDoc();
    }
    return row;
  }

  private Document document(int row) throws IOException {
    var fields = stored.document(row, RECORD_FIELDS);
    return new Document(
        new DocumentId(fields.get(Rows.RECORD)),
        fields.get(Rows.TITLE),
        fields.get(Rows.URI),
        MediaType.valueOf(fields.get(Rows.MEDIA_TYPE)),
        language(fields.get(Rows.LANGUAGE)),
        number(fields, Rows.SIZE).longValue(),
        digest(fields, Rows.REVISION),
        number(fields, Rows.CHUNKS).intValue(),
        Instant.parse(fields.get(Rows.UPDATE_TIME)),
        fields.get(Rows.ETAG),
        metadata(fields));
  }

  private static Metadata metadata(org.apache.lucene.document.Document fields) throws IOException {
    String json = fields.get(Rows.METADATA);
    return json == null ? Metadata.EMPTY : MetadataJson.read(json);
  }

  /** A block's chunks from an ordinal on, at most {@code limit}. */
  List<Chunk> chunks(Block block, int fromOrdinal, int limit) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    int count = block.document().chunkCount();
    for (int i = fromOrdinal; i < count && chunks.size() < limit; i++) {
      chunks.add(chunk(block.firstChunk() + i));
    }
    return chunks;
  }

  /** The chunk in a row. */
  Chunk chunk(int row) throws IOException {
    var fields = stored.document(row, CHUNK_FIELDS);
    return new Chunk(
        new ChunkId(
            new DocumentId(fields.get(Rows.DOCUMENT)), number(fields, Rows.ORDINAL).intValue()),
        digest(fields, Rows.REVISION),
        fields.get(Rows.TEXT),
        new ByteRange(number(fields, Rows.START).longValue(), number(fields, Rows.END).longValue()),
        Arrays.asList(fields.getValues(Rows.HEADING)),
        leadIns(fields),
        reading(fields));
  }

  private static List<LeadIn> leadIns(org.apache.lucene.document.Document fields)
      throws IOException {
    List<LeadIn> leadIns = new ArrayList<>();
    for (String json : fields.getValues(Rows.LEAD_IN)) {
      LeadInJson.read(json).ifPresent(leadIns::add);
    }
    return leadIns;
  }

  private static @Nullable Reading reading(org.apache.lucene.document.Document fields) {
    BytesRef stored = fields.getBinaryValue(Rows.READING);
    if (stored == null) {
      return null;
    }
    byte[] bytes = Arrays.copyOfRange(stored.bytes, stored.offset, stored.offset + stored.length);
    return ReadingCodec.decode(fields.get(Rows.TEXT), bytes);
  }

  /** A block's chunks with their vectors. */
  List<EmbeddedChunk> embeddedChunks(Block block) throws IOException {
    List<EmbeddedChunk> found = new ArrayList<>();
    for (int row = block.firstChunk(); row < block.firstPiece(); row++) {
      Sha256 digest = digest(stored.document(row, Set.of(Rows.DIGEST)), Rows.DIGEST);
      found.add(new EmbeddedChunk(chunk(row), digest, vectors(row)));
    }
    return found;
  }

  /** Digests of what was embedded of a block's chunks. */
  List<Sha256> digests(Block block) throws IOException {
    List<Sha256> found = new ArrayList<>(block.firstPiece() - block.firstChunk());
    for (int row = block.firstChunk(); row < block.firstPiece(); row++) {
      found.add(digest(stored.document(row, Set.of(Rows.DIGEST)), Rows.DIGEST));
    }
    return found;
  }

  /** The vector of the chunk in a row. */
  float[] vector(int row) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(row, reader.leaves()));
    FloatVectorValues values = leaf.reader().getFloatVectorValues(Rows.VECTOR);
    KnnVectorValues.DocIndexIterator rows = values.iterator();
    rows.advance(row - leaf.docBase);
    return values.vectorValue(rows.index());
  }

  /** The vectors of the chunk in a row. */
  ChunkVectors vectors(int row) throws IOException {
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(row, reader.leaves()));
    BinaryDocValues sentences = leaf.reader().getBinaryDocValues(Rows.SENTENCES);
    float[] vector = vector(row).clone();
    if (sentences == null || !sentences.advanceExact(row - leaf.docBase)) {
      return ChunkVectors.of(vector);
    }
    BytesRef bytes = sentences.binaryValue();
    byte[] components = Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    return new ChunkVectors(vector, SentenceVectors.ofBytes(components, vector.length));
  }

  /** The content in a row. */
  BytesRef piece(int row) throws IOException {
    return stored.document(row, Set.of(Rows.CONTENT)).getBinaryValue(Rows.CONTENT);
  }

  private static Number number(org.apache.lucene.document.Document fields, String name) {
    return fields.getField(name).numericValue();
  }

  private static Sha256 digest(org.apache.lucene.document.Document fields, String name) {
    BytesRef bytes = fields.getBinaryValue(name);
    return new Sha256(
        HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length));
  }
}
