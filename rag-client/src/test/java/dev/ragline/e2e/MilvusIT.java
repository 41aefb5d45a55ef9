package dev.ragline.e2e;

import static dev.ragline.e2e.MainJob.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.Milvus;
import dev.ragline.v1.Answer;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job with Milvus as the store, beside the same job on the embedded store. */
@TakesMinutes
class MilvusIT {
  private static final String PREFIX = "main_job";
  private static final String NO_WORDS = "LEXICAL_SEARCH_UNSUPPORTED";

  @TempDir private static Path folder;
  private static ServerProcess embedded;
  private static final Documents documents = Documents.there();
  private static final Set<Store> there = EnumSet.noneOf(Store.class);
  private static final Map<Store, ServerProcess> servers = new EnumMap<>(Store.class);

  /** What is brought in. */
  enum Documents {
    /** What the tutorial has. */
    FAQ("How is data stored in milvus?", "product_faq.md"),
    /** What the project itself has. */
    GUIDE("What is a citation?", "citations.md");

    private final String question;

    /** The document that answers the question. */
    private final String answering;

    Documents(String question, String answering) {
      this.question = question;
      this.answering = answering;
    }

    /** The tutorial's, or where they are not there, the project's own. */
    static Documents there() {
      return Requirements.dataIfThere("milvus-faq").isPresent() ? FAQ : GUIDE;
    }

    Path folder() {
      return this == FAQ ? Requirements.data("milvus-faq") : Rag.root().resolve("docs/guide");
    }

    /** What the tutorial's {@code text.split("# ")} leaves of them, blank pieces aside. */
    int chunks() {
      try (Stream<Path> files = Files.list(folder())) {
        return (int)
            files
                .flatMap(file -> Stream.of(read(file).split("# ")))
                .filter(piece -> !piece.isBlank())
                .count();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String read(Path file) {
      try {
        return Rag.read(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Which Milvus. */
  enum Store {
    LITE,
    STANDALONE;

    MilvusRows rows() {
      return new MilvusRows(this == LITE ? Milvus.lite() : Milvus.standalone(), PREFIX);
    }
  }

  @BeforeAll
  static void start() {
    for (Store store : Store.values()) {
      MilvusRows rows = store.rows();
      servers.put(store, ServerProcess.start(rows.milvus().address(), rows.settings()));
    }
    embedded = ServerProcess.start(folder.resolve("store"), Map.of());
  }

  @AfterAll
  static void stop() {
    servers.values().forEach(ServerProcess::close);
    if (embedded != null) {
      embedded.close();
    }
  }

  /** The documents in a Milvus, brought in once for all tests, each of which leaves them there. */
  private static MainJob job(Store store) {
    MainJob job = new MainJob(server(store), "shared");
    if (there.add(store)) {
      recreate(job, documents);
    }
    return job;
  }

  private static MainJob fresh(ServerProcess server, Documents documents) {
    MainJob job = new MainJob(server, "fresh");
    recreate(job, documents);
    return job;
  }

  private static void recreate(MainJob job, Documents documents) {
    int chunks = documents.chunks();
    assertThat(job.recreate(documents.folder())).isEqualTo(receipt(chunks, 0, 0, 0, chunks));
  }

  private static ServerProcess server(Store store) {
    return Objects.requireNonNull(servers.get(store));
  }

  @Test
  void start_address_isInTheServersLine() throws IOException {
    for (Store store : Store.values()) {
      assertThat(server(store).log())
          .containsPattern(
              "(?m)^Ragline serves on 127.0.0.1:\\d+ \\(store "
                  + store.rows().milvus().address()
                  + ", ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void ingest_againAndAnew_hasOneRowForEachChunk(Store store) {
    int chunks = documents.chunks();
    if (documents == Documents.FAQ) {
      assertThat(chunks).isEqualTo(72);
    }
    MainJob job = job(store);
    assertThat(store.rows().of(job.corpus())).isEqualTo(chunks);

    assertThat(job.ingest(documents.folder())).isEqualTo(receipt(0, 0, chunks, 0, 0));
    assertThat(store.rows().of(job.corpus())).isEqualTo(chunks);

    recreate(job, documents);
    assertThat(store.rows().of(job.corpus())).isEqualTo(chunks);
  }

  /**
   * In a corpus that was just brought in as a whole: Lite counts words segment by segment, so that
   * what comes later is weighed by itself.
   */
  @ParameterizedTest
  @EnumSource
  void ask_lite_isAnsweredAsByTheEmbeddedStore(Documents documents) {
    MainJob here = fresh(embedded, documents);
    MainJob there = fresh(server(Store.LITE), documents);
    String question = documents.question;

    assertThat(there.search(question, 3)).hasSize(3).isEqualTo(here.search(question, 3));
    Answer answer = checkedAnswer(there, question);
    Answer expected = checkedAnswer(here, question);
    assertThat(answer.getText()).isEqualTo(expected.getText());
    assertThat(answer.getCitationsList()).isEqualTo(expected.getCitationsList());
    assertThat(answer.getWarningsList()).isEmpty();
  }

  @Test
  void search_withoutWords_findsWhatTheEmbeddedStoreFindsByVectors() {
    MainJob here = fresh(embedded, documents);
    MainJob there = job(Store.STANDALONE);

    List<Passage> found = there.passages(documents.question, 3);

    assertThat(found).hasSize(3).noneMatch(Passage::hasLexicalScore);
    List<String> texts = texts(found);
    assertThat(texts).isEqualTo(texts(here.passages(documents.question, 3, "--mode", "dense")));
    if (documents == Documents.FAQ) {
      assertThat(texts.get(0)).startsWith(" Where does Milvus store data?");
      assertThat(texts.get(1)).startsWith("How does Milvus flush data?");
    }
  }

  @Test
  void ask_withoutWords_saysSoAndAnswers() {
    Answer answer = checkedAnswer(job(Store.STANDALONE), documents.question);

    assertThat(answer.getText()).isNotBlank();
    // The laws of the stream have it that each came as an event, too.
    assertThat(answer.getWarningsList()).extracting(Warning::getCode).containsExactly(NO_WORDS);
    assertThat(answer.getStagesList())
        .filteredOn(stage -> stage.getName().equals("search"))
        .singleElement()
        .satisfies(stage -> assertThat(stage.getDetail()).contains("cannot search by words"));
  }

  @Test
  void search_byWordsWhereThereAreNone_isRefused() {
    MainJob job = job(Store.STANDALONE);
    RetrieveRequest request =
        RetrieveRequest.newBuilder()
            .setCorpus("corpora/" + job.corpus())
            .setQuestion(documents.question)
            .setRetrieval(RetrievalSpec.newBuilder().setMode(RetrievalMode.RETRIEVAL_MODE_LEXICAL))
            .build();
    try (RagClient client = RagClient.builder(job.server().address()).build()) {
      RagClientException refused =
          catchThrowableOfType(RagClientException.class, () -> client.retrieve(request));
      assertThat(refused.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(refused.reason()).contains(NO_WORDS);
    }
    Rag.Result search =
        job.server().rag("search", "a word", "--corpus", job.corpus(), "--mode", "lexical");
    assertThat(search.exitCode()).isEqualTo(1);
    assertThat(search.err()).contains("cannot search by words", "(" + NO_WORDS + ")");
  }

  @Test
  void delete_document_isUnfindableAtOnceAndItsRowsGo() {
    int chunks = documents.chunks();
    Map<Store, Integer> removed = new EnumMap<>(Store.class);
    for (Store store : Store.values()) {
      MainJob job = job(store);
      assertThat(job.passages(documents.question, 100)).anyMatch(MilvusIT::isAnswering);

      Rag.Result deleted =
          job.server()
              .rag("document", "delete", documents.answering, "--corpus", job.corpus(), "--json");

      int gone = Output.removed(deleted);
      assertThat(gone).isBetween(1, chunks - 1);
      removed.put(store, gone);
      assertThat(job.passages(documents.question, 100))
          .isNotEmpty()
          .noneMatch(MilvusIT::isAnswering);
    }
    removed.forEach(
        (store, gone) -> {
          MainJob job = job(store);
          Waiting.until("the rows are gone", () -> store.rows().of(job.corpus()) == chunks - gone);
          assertThat(job.ingest(documents.folder()))
              .isEqualTo(receipt(gone, 0, chunks - gone, 0, gone));
        });
  }

  @ParameterizedTest
  @EnumSource
  void corpus_commands_showAndDeleteIt(Store store) {
    ServerProcess server = server(store);
    MainJob job = job(store);
    String name = job.corpus();
    String chunks = Integer.toString(documents.chunks());

    assertThat(server.rag("corpus", "list").out())
        .containsPattern("(?m)^" + name + " +\\d+ +" + chunks + " ");
    assertThat(server.rag("corpus", "show", name).out())
        .containsPattern("(?m)^chunks +" + chunks + "$")
        .containsPattern("(?m)^consistency +session$");
    assertThat(server.rag("corpus", "delete", name).exitCode()).isZero();
    there.remove(store);

    assertThat(server.rag("corpus", "list").out()).doesNotContain(name);
    Rag.Result gone = server.rag("corpus", "show", name);
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err()).contains("(CORPUS_NOT_FOUND)");
  }

  private static Answer checkedAnswer(MainJob job, String question) {
    try (RagClient client = RagClient.builder(job.server().address()).build()) {
      return job.checkedAnswer(client, question);
    }
  }

  private static boolean isAnswering(Passage passage) {
    return passage.getDocument().getName().endsWith("/" + documents.answering);
  }

  private static List<String> texts(List<Passage> passages) {
    return passages.stream().map(passage -> passage.getChunk().getText()).toList();
  }
}
