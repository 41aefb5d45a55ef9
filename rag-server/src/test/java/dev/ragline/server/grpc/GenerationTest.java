package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.ResponseSchema;
import dev.ragline.v1.UpdateCorpusRequest;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How answers are written, on the wire of a server that quotes. */
class GenerationTest {
  private static final GenerationSpec ALL =
      GenerationSpec.newBuilder()
          .setModel("m")
          .setTemperature(0)
          .setSeed(-7)
          .setMaxTokens(100)
          .addStop("END")
          .setSystem("Be brief.")
          .setTemplate("<c>{context}</c>{question}")
          .setAnswerLanguage("pt-BR")
          .setResponseSchema(
              ResponseSchema.newBuilder()
                  .setSchema("{\"type\": \"object\"}")
                  .setName("answer")
                  .setStrict(true))
          .build();

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
    var _ = server.upload("corpora/faq/documents/a.md", "Backups are kept in Oulu.\n");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Corpus get(String name) {
    return server
        .corpora()
        .getCorpus(GetCorpusRequest.newBuilder().setName(name).build())
        .getCorpus();
  }

  private static Corpus update(String name, GenerationSpec generation) {
    return server
        .corpora()
        .updateCorpus(
            UpdateCorpusRequest.newBuilder()
                .setCorpus(Corpus.newBuilder().setName(name).setGeneration(generation))
                .setUpdateMask(FieldMask.newBuilder().addPaths("generation"))
                .build())
        .getCorpus();
  }

  private static Answer ask(String corpus, GenerationSpec generation) {
    return server
        .questions()
        .ask(
            AskRequest.newBuilder()
                .setCorpus(corpus)
                .setQuestion("Where are backups kept?")
                .setGeneration(generation)
                .build())
        .getAnswer();
  }

  @Test
  void corpus_generation_isKeptAndChangedAndForgotten() {
    Corpus created =
        server
            .corpora()
            .createCorpus(
                CreateCorpusRequest.newBuilder()
                    .setCorpusId("kept")
                    .setCorpus(Corpus.newBuilder().setGeneration(ALL))
                    .build())
            .getCorpus();
    assertThat(created.getGeneration()).isEqualTo(ALL);
    assertThat(get("corpora/kept")).isEqualTo(created);
    GenerationSpec other = GenerationSpec.newBuilder().setTemperature(1).build();
    Corpus changed = update("corpora/kept", other);
    assertThat(changed.getGeneration()).isEqualTo(other);
    assertThat(changed.getEtag()).isNotEqualTo(created.getEtag());
    assertThat(update("corpora/kept", GenerationSpec.getDefaultInstance()).hasGeneration())
        .isFalse();
    assertThat(get("corpora/kept").hasGeneration()).isFalse();
  }

  @Test
  void ask_settingsForModels_areNamedInAWarningAndTheAnswerIsQuoted() {
    Answer answer =
        ask("corpora/faq", GenerationSpec.newBuilder().setTemperature(0).setSeed(1).build());
    assertThat(answer.getText()).isEqualTo("Backups are kept in Oulu.");
    assertThat(answer.getWarningsList())
        .extracting(Warning::getCode)
        .containsExactly("GENERATION_IGNORED");
    assertThat(answer.getWarnings(0).getMessage()).endsWith(": temperature, seed");
    assertThat(ask("corpora/faq", GenerationSpec.getDefaultInstance()).getWarningsList()).isEmpty();
  }

  @Test
  void ask_templateWithAWrongPlaceholder_saysWhereItStands() {
    GenerationSpec wrong =
        GenerationSpec.newBuilder().setTemplate("{context}\n{question} {contxt}").build();
    for (Failure failure :
        List.of(
            Failure.of(() -> ask("corpora/faq", wrong)),
            Failure.of(() -> update("corpora/faq", wrong)))) {
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).singleElement().asString().endsWith("generation.template");
      assertThat(failure.message()).contains("{contxt}", "line 2, column 12");
      assertThat(failure.fact("line")).isEqualTo("2");
      assertThat(failure.fact("column")).isEqualTo("12");
    }
    assertThat(Failure.of(() -> update("corpora/faq", wrong)).fields())
        .containsExactly("corpus.generation.template");
  }

  @Test
  void ask_settingsThatMakeNoSense_areRefusedByTheirNames() {
    GenerationSpec none = GenerationSpec.getDefaultInstance();
    requireRefused("generation.temperature", none.toBuilder().setTemperature(2.5).build());
    requireRefused("generation.max_tokens", none.toBuilder().setMaxTokens(-1).build());
    requireRefused("generation.stop[0]", none.toBuilder().addStop("").build());
    requireRefused(
        "generation.answer_language", none.toBuilder().setAnswerLanguage("klingonisch").build());
    requireRefused("generation.template", none.toBuilder().setTemplate("no places").build());
    for (String schema : List.of("[]", "{", "{} {}", "7")) {
      requireRefused(
          "generation.response_schema.schema",
          none.toBuilder()
              .setResponseSchema(ResponseSchema.newBuilder().setSchema(schema))
              .build());
    }
    requireRefused(
        "generation.response_schema.name",
        none.toBuilder()
            .setResponseSchema(ResponseSchema.newBuilder().setSchema("{}").setName("a b"))
            .build());
  }

  private static void requireRefused(String field, GenerationSpec generation) {
    Failure failure = Failure.of(() -> ask("corpora/faq", generation));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).as(failure.message()).containsExactly(field);
  }
}
