package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.FixedChunking;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GroundingSettings;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import dev.ragline.v1.Metric;
import dev.ragline.v1.UpdateCorpusRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update changes, by its mask (AIP-134). */
class UpdateMaskTest {
  private static final String NAME = "corpora/faq";
  private static final MetadataField TEAM =
      MetadataField.newBuilder().setName("team").setType(MetadataType.METADATA_TYPE_STRING).build();
  private static final MetadataField YEAR =
      MetadataField.newBuilder().setName("year").setType(MetadataType.METADATA_TYPE_INT).build();
  private static final Corpus SETTINGS =
      Corpus.newBuilder()
          .setDisplayName("Questions")
          .setMetric(Metric.METRIC_COSINE)
          .setChunking(
              Chunking.newBuilder()
                  .setFixed(FixedChunking.newBuilder().setMaxTokens(32).setOverlapTokens(4)))
          .setConsistency(Consistency.CONSISTENCY_STRONG)
          .setLanguage("de")
          .addMetadataSchema(TEAM)
          .setGeneration(GenerationSpec.newBuilder().setMaxTokens(99))
          .setGrounding(GroundingSettings.newBuilder().setThreshold(0.25))
          .build();

  @TempDir private Path folder;
  private TestServer server;
  private Corpus before;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).start();
    before =
        server
            .corpora()
            .createCorpus(
                CreateCorpusRequest.newBuilder().setCorpusId("faq").setCorpus(SETTINGS).build())
            .getCorpus();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Corpus update(Corpus.Builder wanted, String... paths) {
    UpdateCorpusRequest.Builder request =
        UpdateCorpusRequest.newBuilder().setCorpus(wanted.setName(NAME));
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    Corpus updated = server.corpora().updateCorpus(request.build()).getCorpus();
    assertThat(get()).isEqualTo(updated);
    return updated;
  }

  private Corpus get() {
    return server
        .corpora()
        .getCorpus(GetCorpusRequest.newBuilder().setName(NAME).build())
        .getCorpus();
  }

  private Corpus sameEtag(Corpus updated) {
    return updated.toBuilder().setEtag(before.getEtag()).build();
  }

  @Test
  void noMask_oneField_changesThatAlone() {
    Corpus grounded =
        update(Corpus.newBuilder().setGrounding(GroundingSettings.newBuilder().setThreshold(0.75)));
    assertThat(grounded.getEtag()).isNotEqualTo(before.getEtag());
    Corpus.Builder expected = before.toBuilder();
    expected.getGroundingBuilder().setThreshold(0.75);
    assertThat(sameEtag(grounded)).isEqualTo(expected.build());

    Corpus renamed = update(Corpus.newBuilder().setDisplayName("Other"));
    assertThat(sameEtag(renamed)).isEqualTo(expected.setDisplayName("Other").build());

    Corpus grown = update(Corpus.newBuilder().addMetadataSchema(TEAM).addMetadataSchema(YEAR));
    assertThat(sameEtag(grown)).isEqualTo(expected.addMetadataSchema(YEAR).build());

    Corpus written =
        update(Corpus.newBuilder().setGeneration(GenerationSpec.newBuilder().setTemperature(0.5)));
    assertThat(sameEtag(written))
        .isEqualTo(expected.setGeneration(GenerationSpec.newBuilder().setTemperature(0.5)).build());
  }

  @Test
  void noMask_nothingSet_changesNothing() {
    assertThat(update(Corpus.newBuilder())).isEqualTo(before);
  }

  @Test
  void noMask_messageThatIsSetAndEmpty_clearsIt() {
    Corpus updated =
        update(Corpus.newBuilder().setGrounding(GroundingSettings.getDefaultInstance()));
    assertThat(sameEtag(updated)).isEqualTo(before.toBuilder().clearGrounding().build());
  }

  @Test
  void noMask_corpusAsItWasRead_canBeSentBack() {
    Corpus updated = update(get().toBuilder().setDisplayName("Read, changed, written"));
    assertThat(sameEtag(updated))
        .isEqualTo(before.toBuilder().setDisplayName("Read, changed, written").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"metric", "chunking", "consistency", "language"})
  void whole_whatIsFixedIsAnother_isRefusedAndChangesNothing(String field) {
    Corpus other =
        Corpus.newBuilder()
            .setMetric(Metric.METRIC_L2)
            .setChunking(
                Chunking.newBuilder().setFixed(FixedChunking.newBuilder().setMaxTokens(33)))
            .setConsistency(Consistency.CONSISTENCY_EVENTUAL)
            .setLanguage("auto")
            .build();
    var descriptor = Corpus.getDescriptor().findFieldByName(field);
    for (String[] mask : new String[][] {{}, {"*"}}) {
      Corpus.Builder wanted =
          before.toBuilder()
              .setDisplayName("Lost")
              .setField(descriptor, other.getField(descriptor));
      Failure failure = Failure.of(() -> update(wanted, mask));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).containsExactly("corpus." + field);
      assertThat(get()).isEqualTo(before);
    }
  }

  @Test
  void star_replacesAllThatCanBeChanged() {
    Corpus updated = update(Corpus.newBuilder().addMetadataSchema(TEAM), "*");
    assertThat(sameEtag(updated))
        .isEqualTo(
            before.toBuilder().clearDisplayName().clearGeneration().clearGrounding().build());
  }

  @Test
  void star_withoutTheMetadataThatAreThere_isRefused() {
    Failure failure = Failure.of(() -> update(Corpus.newBuilder(), "*"));
    assertThat(failure.fields()).containsExactly("corpus.metadata_schema");
    assertThat(get()).isEqualTo(before);
  }

  @Test
  void mask_fieldThatIsNotSet_isCleared() {
    Corpus updated = update(Corpus.newBuilder().setDisplayName("Not named"), "generation");
    assertThat(sameEtag(updated)).isEqualTo(before.toBuilder().clearGeneration().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"metric", "name", "generation.max_tokens", "", "nothing"})
  void mask_whatCannotBeChanged_isRefused(String path) {
    for (String[] mask : new String[][] {{path}, {"display_name", path}, {"*", path}}) {
      Failure failure = Failure.of(() -> update(Corpus.newBuilder(), mask));
      assertThat(failure.fields()).containsExactly("update_mask");
      assertThat(get()).isEqualTo(before);
    }
  }
}
