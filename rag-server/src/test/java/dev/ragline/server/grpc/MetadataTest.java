package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Structs;
import com.google.protobuf.util.Values;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.UpdateCorpusRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metadata and filters on the wire. */
class MetadataTest {
  private static final String CORPUS = "corpora/faq";
  private static final String DOCUMENT = CORPUS + "/documents/a.md";
  private static final String CONTENT = "# Mills\n\nThe mill stands.\n";

  private static final List<MetadataField> SCHEMA =
      List.of(
          field("team", MetadataType.METADATA_TYPE_STRING),
          field("year", MetadataType.METADATA_TYPE_INT),
          field("price", MetadataType.METADATA_TYPE_DOUBLE),
          field("open", MetadataType.METADATA_TYPE_BOOL),
          field("due", MetadataType.METADATA_TYPE_TIMESTAMP),
          field("tags", MetadataType.METADATA_TYPE_STRING_LIST));

  private static final Struct METADATA =
      Structs.of(
          "team", Values.of("search"),
          "year", Values.of(2026),
          "price", Values.of(1.5));

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).start();
    var _ =
        server
            .corpora()
            .createCorpus(
                CreateCorpusRequest.newBuilder()
                    .setCorpusId("faq")
                    .setCorpus(Corpus.newBuilder().addAllMetadataSchema(SCHEMA))
                    .build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static MetadataField field(String name, MetadataType type) {
    return MetadataField.newBuilder().setName(name).setType(type).build();
  }

  private UploadDocumentResponse upload(Struct metadata) {
    UploadHeader header =
        UploadHeader.newBuilder().setDocument(DOCUMENT).setMetadata(metadata).build();
    return server.upload().header(header).blocks(CONTENT).commit().finish();
  }

  private Corpus update(List<MetadataField> fields, String... paths) {
    return server
        .corpora()
        .updateCorpus(
            UpdateCorpusRequest.newBuilder()
                .setCorpus(Corpus.newBuilder().setName(CORPUS).addAllMetadataSchema(fields).build())
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                .build())
        .getCorpus();
  }

  private int found(String filter) {
    return server
        .questions()
        .retrieve(
            RetrieveRequest.newBuilder()
                .setCorpus(CORPUS)
                .setQuestion("mill")
                .setRetrieval(RetrievalSpec.newBuilder().setFilter(filter))
                .build())
        .getPassagesCount();
  }

  @Test
  void upload_frontMatter_isMetadataWhereItFits() {
    UploadDocumentResponse response =
        server.upload(
            DOCUMENT,
            "---\n"
                + "team: search\n"
                + "year: soon\n"
                + "tags: [a, b]\n"
                + "due: 2026-01-31\n"
                + "---\n"
                + "The mill stands.\n");

    assertThat(response.getDocument().getMetadata().getFieldsMap().keySet())
        .containsExactlyInAnyOrder("team", "tags", "due");
    assertThat(response.getWarningsList())
        .extracting(Warning::getCode)
        .containsExactly("FRONT_MATTER_IGNORED");
    assertThat(response.getWarnings(0).getMessage()).contains("year 'soon'");
    assertThat(found("metadata.team == 'search' && 'b' in metadata.tags")).isEqualTo(1);
    assertThat(found("metadata.due == timestamp('2026-01-31T00:00:00Z')")).isEqualTo(1);
  }

  @Test
  void upload_metadata_areKeptAndFound() {
    Value tags =
        Value.newBuilder()
            .setListValue(
                ListValue.newBuilder().addValues(Values.of("a")).addValues(Values.of("b")))
            .build();
    Struct all =
        METADATA.toBuilder()
            .putFields("open", Values.of(true))
            .putFields("due", Values.of("2026-01-31T14:00:00+02:00"))
            .putFields("tags", tags)
            .build();
    Struct kept = all.toBuilder().putFields("due", Values.of("2026-01-31T12:00:00Z")).build();
    assertThat(upload(all).getDocument().getMetadata()).isEqualTo(kept);
    assertThat(
            server
                .documents()
                .getDocument(GetDocumentRequest.newBuilder().setName(DOCUMENT).build())
                .getDocument()
                .getMetadata())
        .isEqualTo(kept);
    assertThat(
            found(
                "metadata.team == 'search' && metadata.year == 2026 && metadata.price > 1.4"
                    + " && metadata.open && 'b' in metadata.tags"
                    + " && metadata.due == timestamp('2026-01-31T12:00:00Z')"
                    + " && document.id == 'a.md' && document.media_type == 'text/markdown'"
                    + " && document.title == 'Mills' && document.uri == ''"
                    + " && document.size == 26"
                    + " && document.update_time > timestamp('2026-01-01T00:00:00Z')"))
        .isEqualTo(1);
    assertThat(found("metadata.team != 'search'")).isZero();
  }

  @Test
  void upload_otherMetadataOnly_isAChangeThatEmbedsNothing() {
    var _ = upload(METADATA);
    UploadDocumentResponse other = upload(Structs.of("team", Values.of("ads")));
    Receipt receipt = other.getReceipt();
    assertThat(receipt.getUnchanged()).isEqualTo(1);
    assertThat(receipt.getEmbedded()).isZero();
    assertThat(found("metadata.team == 'ads' && !has(metadata.year)")).isEqualTo(1);
    assertThat(found("metadata.team == 'search'")).isZero();
  }

  @Test
  void upload_metadataThatDoNotFit_areRefusedWithTheField() {
    Map<String, Value> unfit =
        Map.of(
            "team", Values.of(1),
            "year", Values.of(1.5),
            "price", Values.of("1"),
            "open", Values.ofNull(),
            "due", Values.of("yesterday"),
            "tags", Values.of("a"),
            "other", Values.of("x"));
    unfit.forEach(
        (name, value) -> {
          Failure failure =
              Failure.of(
                  () ->
                      server
                          .upload()
                          .header(
                              UploadHeader.newBuilder()
                                  .setDocument(DOCUMENT)
                                  .setMetadata(Structs.of(name, value))
                                  .build())
                          .await());
          assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
          assertThat(failure.fields()).containsExactly("header.metadata." + name);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metadata.team ==|1|17",
        "metadata.nope == 1|1|9",
        "metadata.team.matches('a')|1|22",
        "1|1|1",
      })
  void retrieve_wrongFilter_isRefusedWithItsPlace(String filter, String line, String column) {
    Failure failure = Failure.of(() -> found(filter));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("INVALID_FILTER");
    assertThat(failure.fields()).containsExactly("retrieval.filter");
    assertThat(failure.fact("line")).isEqualTo(line);
    assertThat(failure.fact("column")).isEqualTo(column);
  }

  @Test
  void retrieve_filterTooLong_isRefused() {
    Failure failure = Failure.of(() -> found("'" + "x".repeat(5000) + "' == metadata.team"));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("retrieval.filter");
  }

  @Test
  void updateCorpus_moreFields_areAddedAndNoneIsTakenAway() {
    MetadataField more = field("more", MetadataType.METADATA_TYPE_STRING);
    List<MetadataField> all = new ArrayList<>(SCHEMA);
    all.add(more);
    assertThat(update(all, "metadata_schema").getMetadataSchemaList()).isEqualTo(all);
    Failure failure = Failure.of(() -> update(SCHEMA, "metadata_schema"));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("corpus.metadata_schema");
    assertThat(update(List.of()).getMetadataSchemaList()).isEqualTo(all);
    assertThat(Failure.of(() -> update(all, "metric")).fields()).containsExactly("update_mask");
  }

  @Test
  void createCorpus_fieldWithoutATypeOrWithAWrongName_isRefused() {
    for (MetadataField wrong :
        List.of(
            field("a", MetadataType.METADATA_TYPE_UNSPECIFIED),
            field("a-b", MetadataType.METADATA_TYPE_INT),
            field("in", MetadataType.METADATA_TYPE_INT))) {
      CreateCorpusRequest request =
          CreateCorpusRequest.newBuilder()
              .setCorpusId("other")
              .setCorpus(Corpus.newBuilder().addMetadataSchema(wrong))
              .build();
      Failure failure = Failure.of(() -> server.corpora().createCorpus(request));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields().getFirst()).startsWith("corpus.metadata_schema");
    }
  }
}
