package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.Corpus;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.Document;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Languages of corpora and documents, as callers see them. */
class LanguagesTest {
  private static final String GERMAN = "Die Hauptstadt von Deutschland ist Berlin.";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Corpus create(String language) {
    return server
        .corpora()
        .createCorpus(
            CreateCorpusRequest.newBuilder()
                .setCorpusId("c")
                .setCorpus(Corpus.newBuilder().setLanguage(language))
                .build())
        .getCorpus();
  }

  private Document upload(String language) {
    return server
        .upload()
        .header(
            UploadHeader.newBuilder()
                .setDocument("corpora/c/documents/d")
                .setLanguage(language)
                .build())
        .blocks(GERMAN)
        .commit()
        .finish()
        .getDocument();
  }

  @Test
  void create_noLanguage_findsItOutOfEachDocument() {
    assertThat(create("").getLanguage()).isEqualTo("auto");
    assertThat(upload("").getLanguage()).isEqualTo("de");
  }

  @Test
  void create_language_isThatOfItsDocumentsThatSayNothing() {
    assertThat(create("pt-BR").getLanguage()).isEqualTo("pt");
    assertThat(upload("").getLanguage()).isEqualTo("pt");
    assertThat(upload("de").getLanguage()).isEqualTo("de");
  }

  @Test
  void create_unknownLanguage_isToldWhichThereAre() {
    Failure failure = Failure.of(() -> create("xx"));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("corpus.language");
    assertThat(failure.message()).contains("'xx' is not one of af, ar,");
  }
}
