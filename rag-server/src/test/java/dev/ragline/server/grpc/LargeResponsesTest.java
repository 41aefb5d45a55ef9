package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Sha256;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.Document;
import dev.ragline.v1.Expansion;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.GetAnswerRequest;
import dev.ragline.v1.GroundingSpec;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListChunksResponse;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListCorporaResponse;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.ListDocumentsResponse;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UploadHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is held, a client with gRPC's own limit of 4 MiB gets it. */
class LargeResponsesTest {
  private static final int CHUNKS = 30;
  private static final int CHUNK_BYTES = 400_000;
  private static final int DOCUMENTS = 220;
  private static final String BIG = "corpora/faq/documents/big";
  private static final String QUESTION = "Where are backups kept?";

  @TempDir static Path folder;
  private static TestServer server;
  private static byte[] content;

  @BeforeAll
  static void start() {
    AnswersConfig kept = new AnswersConfig(8 << 20, 64 << 20, 600, 0, 600, 15, 15, 10);
    server = TestServer.in(folder).withAnswers(kept).start();
    server.createCorpus("faq");
    String[] texts =
        IntStream.range(0, CHUNKS)
            .mapToObj(
                i ->
                    "Backups are kept in bucket %d. ".formatted(i)
                        + "größer😀 ".repeat(CHUNK_BYTES / 14))
            .toArray(String[]::new);
    // Not by way of chunking, which may allow no chunk of this size.
    DocumentRevision revision =
        Revisions.of("big", List.of(), text -> Revisions.vector(text, 64), texts);
    content = String.join("\n\n", texts).getBytes(UTF_8);
    var _ = server.store().replaceDocument(new CorpusId("faq"), revision, Call.UNLIMITED);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String source(ByteRange range) {
    return new String(
        Arrays.copyOfRange(content, (int) range.getStart(), (int) range.getEnd()), UTF_8);
  }

  private static void requireBeginning(
      String text, boolean truncated, ByteRange range, String digest) {
    String whole = source(range);
    assertThat(whole.startsWith(text)).as("the text is a beginning of whole characters").isTrue();
    assertThat(truncated).isEqualTo(text.length() < whole.length());
    assertThat(digest).isEqualTo(Sha256.of(whole).hex());
  }

  private static void requireTrue(List<Passage> passages) {
    for (Passage passage : passages) {
      Chunk chunk = passage.getChunk();
      requireBeginning(
          chunk.getText(), chunk.getTextTruncated(), chunk.getSourceRange(), chunk.getSha256());
      if (passage.hasExpanded()) {
        requireBeginning(
            passage.getExpanded().getText(),
            passage.getExpanded().getTextTruncated(),
            passage.getExpanded().getSourceRange(),
            passage.getExpanded().getSha256());
        assertThat(passage.getExpanded().getChunksList()).contains(chunk.getName());
      }
    }
    assertThat(passages).anyMatch(passage -> passage.getChunk().getTextTruncated());
  }

  @Test
  void listChunks_largeOnes_comeOnPagesThatFit() {
    List<Chunk> chunks = new ArrayList<>();
    int pages = 0;
    String token = "";
    do {
      ListChunksResponse page =
          server
              .documents()
              .listChunks(
                  ListChunksRequest.newBuilder()
                      .setParent(BIG)
                      .setPageSize(1000)
                      .setPageToken(token)
                      .build());
      chunks.addAll(page.getChunksList());
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty());
    assertThat(pages).isGreaterThan(1);
    assertThat(chunks.stream().map(Chunk::getOrdinal))
        .containsExactlyElementsOf(IntStream.range(0, CHUNKS).boxed().toList());
    chunks.forEach(
        chunk ->
            requireBeginning(
                chunk.getText(),
                chunk.getTextTruncated(),
                chunk.getSourceRange(),
                chunk.getSha256()));
  }

  private static RetrievalSpec.Builder all() {
    return RetrievalSpec.newBuilder()
        .setLimit(CHUNKS)
        .setExplain(true)
        .setExpansion(Expansion.newBuilder().setNeighbors(1).setMaxTokens(32768));
  }

  private static RetrieveRequest.Builder retrieve() {
    return RetrieveRequest.newBuilder()
        .setCorpus("corpora/faq")
        .setQuestion(QUESTION)
        .setRetrieval(all());
  }

  @Test
  void retrieve_largePassages_areAllThereWithTheBeginningsOfTheirTexts() {
    RetrieveResponse response = server.questions().retrieve(retrieve().build());
    assertThat(response.getSerializedSize()).isLessThan(4 << 20);
    assertThat(response.getPassagesList()).isNotEmpty();
    requireTrue(response.getPassagesList());
  }

  @Test
  void retrieve_textsOnly_tellsThatTheyAreCut() {
    FieldMask mask = FieldMask.newBuilder().addPaths("chunk.text").build();
    List<Passage> passages =
        server.questions().retrieve(retrieve().setReadMask(mask).build()).getPassagesList();
    assertThat(passages).isNotEmpty().allMatch(passage -> passage.getChunk().getTextTruncated());
  }

  @Test
  void ask_largePassages_givesTheSameInEveryForm() {
    GroundingSpec anything = GroundingSpec.newBuilder().setThreshold(0).build();
    Answer answer =
        server
            .questions()
            .ask(
                AskRequest.newBuilder()
                    .setCorpus("corpora/faq")
                    .setQuestion(QUESTION)
                    .setRetrieval(all())
                    .setGrounding(anything)
                    .build())
            .getAnswer();
    requireTrue(answer.getPassagesList());
    assertThat(answer.getAnswerSha256()).isEqualTo(AnswerDigest.of(answer));
    assertThat(
            server
                .questions()
                .getAnswer(GetAnswerRequest.newBuilder().setName(answer.getName()).build())
                .getAnswer())
        .isEqualTo(answer);

    List<AnswerEvent> events = new ArrayList<>();
    server
        .questions()
        .streamAsk(
            StreamAskRequest.newBuilder()
                .setCorpus("corpora/faq")
                .setQuestion(QUESTION)
                .setRetrieval(all())
                .setGrounding(anything)
                .build())
        .forEachRemaining(response -> events.add(response.getEvent()));
    Answer streamed = events.getLast().getCompleted().getAnswer();
    assertThat(events)
        .filteredOn(AnswerEvent::hasRetrieved)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getRetrieved().getPassagesList())
                    .isEqualTo(streamed.getPassagesList()));
    requireTrue(streamed.getPassagesList());
    assertThat(streamed.getAnswerSha256()).isEqualTo(AnswerDigest.of(streamed));
  }

  @Test
  void answerDigest_shownTextChanged_isAnother() {
    Passage.Builder passage = Passage.newBuilder();
    passage.getChunkBuilder().setText("Begin").setTextTruncated(true);
    Answer answer = Answer.newBuilder().addPassages(passage).build();
    Answer.Builder other = answer.toBuilder();
    other.getPassagesBuilder(0).getChunkBuilder().setText("Other");
    assertThat(AnswerDigest.of(other)).isNotEqualTo(AnswerDigest.of(answer));
    Answer.Builder whole = answer.toBuilder();
    whole.getPassagesBuilder(0).getChunkBuilder().setTextTruncated(false);
    assertThat(AnswerDigest.of(whole)).isNotEqualTo(AnswerDigest.of(answer));
  }

  @Test
  void listDocuments_longAddresses_comeOnPagesThatFit() {
    var _ =
        server
            .corpora()
            .createCorpus(
                CreateCorpusRequest.newBuilder()
                    .setCorpusId("links")
                    .setCorpus(
                        Corpus.newBuilder()
                            .addMetadataSchema(
                                MetadataField.newBuilder()
                                    .setName("note")
                                    .setType(MetadataType.METADATA_TYPE_STRING)))
                    .build());
    Struct metadata =
        Struct.newBuilder()
            .putFields("note", Value.newBuilder().setStringValue("n".repeat(8000)).build())
            .build();
    for (int i = 0; i < DOCUMENTS; i++) {
      UploadHeader header =
          UploadHeader.newBuilder()
              .setDocument("corpora/links/documents/%03d".formatted(i))
              .setUri("😀".repeat(2000))
              .setTitle("😀".repeat(1000))
              .setMetadata(metadata)
              .build();
      var _ = server.upload().header(header).blocks("Text.").commit().finish();
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListDocumentsResponse page =
          server
              .documents()
              .listDocuments(
                  ListDocumentsRequest.newBuilder()
                      .setParent("corpora/links")
                      .setPageSize(1000)
                      .setPageToken(token)
                      .build());
      page.getDocumentsList().stream().map(Document::getName).forEach(names::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(names)
        .isEqualTo(
            IntStream.range(0, DOCUMENTS)
                .mapToObj("corpora/links/documents/%03d"::formatted)
                .toList());
  }

  @Test
  void listCorpora_longInstructions_comeOnPagesThatFit() {
    String system = "漢".repeat(16384);
    for (int i = 0; i < 90; i++) {
      var _ =
          server
              .corpora()
              .createCorpus(
                  CreateCorpusRequest.newBuilder()
                      .setCorpusId("long-%02d".formatted(i))
                      .setCorpus(
                          Corpus.newBuilder()
                              .setGeneration(GenerationSpec.newBuilder().setSystem(system)))
                      .build());
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListCorporaResponse page =
          server
              .corpora()
              .listCorpora(
                  ListCorporaRequest.newBuilder().setPageSize(1000).setPageToken(token).build());
      page.getCorporaList().stream()
          .map(Corpus::getName)
          .filter(name -> name.contains("long-"))
          .forEach(names::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(names)
        .isEqualTo(IntStream.range(0, 90).mapToObj("corpora/long-%02d"::formatted).toList());
  }
}
