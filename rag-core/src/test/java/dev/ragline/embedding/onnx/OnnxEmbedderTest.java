package dev.ragline.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.embedding.Vectors;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values were computed with the tokenizers and onnxruntime packages for Python. */
class OnnxEmbedderTest {
  private static final List<String> TEXTS =
      List.of(
          "How is data stored in milvus?",
          "Where does Milvus store data?",
          "The weather in Paris is mild in spring.",
          "Wie speichert Milvus seine Daten?");

  private static OnnxEmbedder miniLm;

  @BeforeAll
  static void open() {
    miniLm = OnnxEmbedder.open("all-minilm-l6-v2", TestExecution.SHARED.compute());
  }

  @AfterAll
  static void close() {
    miniLm.close();
  }

  private static List<Double> similarities(OnnxEmbedder embedder) {
    float[] question = embedder.embedQuestion(TEXTS.getFirst(), Call.UNLIMITED).vector();
    return embedder.embedPassages(TEXTS, Call.UNLIMITED).stream()
        .map(vector -> Vectors.dot(question, vector))
        .toList();
  }

  private static void assertClose(List<Double> actual, double... expected) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.get(i)).isCloseTo(expected[i], within(0.01));
    }
  }

  @Test
  void embed_miniLm_givesTheReferenceSimilarities() {
    assertClose(similarities(miniLm), 1.0, 0.88849, 0.04367, 0.18446);
    assertThat(miniLm.model().dimension()).isEqualTo(384);
  }

  @Test
  void embed_bgeSmall_givesTheReferenceSimilarities() {
    try (OnnxEmbedder bge = OnnxEmbedder.open("bge-small-en", TestExecution.SHARED.compute())) {
      assertClose(similarities(bge), 0.96871, 0.94389, 0.44924, 0.62499);
      assertThat(bge.model().fingerprint()).isNotEqualTo(miniLm.model().fingerprint());
    }
  }

  @Test
  void embed_vectors_haveLengthOne() {
    for (float[] vector : miniLm.embedPassages(TEXTS, Call.UNLIMITED)) {
      assertThat(Vectors.dot(vector, vector)).isCloseTo(1.0, within(1e-5));
    }
  }

  @Test
  void embed_amongOthersAndInParallel_isBitForBitTheSame() throws Exception {
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      texts.add(TEXTS.get(i % 4) + " word".repeat(random.nextInt(60)));
    }
    List<float[]> alone = new ArrayList<>();
    for (String text : texts) {
      alone.addAll(miniLm.embedPassages(List.of(text), Call.UNLIMITED));
    }
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<List<float[]>>> calls = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        calls.add(callers.submit(() -> miniLm.embedPassages(texts, Call.UNLIMITED)));
      }
      for (Future<List<float[]>> call : calls) {
        assertSameVectors(call.get(), alone);
      }
    }
  }

  private static void assertSameVectors(List<float[]> actual, List<float[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i));
    }
  }

  @Test
  void embed_longerThanTheWindow_readsToTheEnd() {
    String filler = "The harbour was quiet and the boats lay still. ".repeat(60);
    float[] question =
        miniLm.embedQuestion("Who won the chess tournament?", Call.UNLIMITED).vector();
    List<float[]> vectors =
        miniLm.embedPassages(
            List.of(filler, filler + "Ada won the chess tournament. ".repeat(20)), Call.UNLIMITED);
    assertThat(miniLm.countTokens(filler)).isGreaterThan(2 * miniLm.model().maxTokens());
    assertThat(Vectors.dot(question, vectors.get(1)))
        .isGreaterThan(Vectors.dot(question, vectors.get(0)) + 0.1);
  }

  @Test
  void embed_emptyText_hasAVector() {
    assertThat(miniLm.embedPassages(List.of(""), Call.UNLIMITED).getFirst()).hasSize(384);
  }

  @Test
  void embedSentences_whole_isThePassageBitForBit() {
    String text = TEXTS.getFirst();
    PassageEmbedding whole = sentences(text, text);
    assertThat(whole.vector())
        .isEqualTo(miniLm.embedPassages(List.of(text), Call.UNLIMITED).getFirst());
    // Its tokens without the special ones.
    assertThat(Vectors.dot(whole.vector(), whole.sentences().getFirst())).isGreaterThan(0.95);
  }

  @Test
  void embedSentences_twoSubjects_areToldApartWhereverTheyStand() {
    String first = "The 🚢 harbour of the old city is large.";
    String second = "Ada won the chess tournament.";
    float[] question = miniLm.embedQuestion("Who won at chess?", Call.UNLIMITED).vector();
    String filler = " The harbour was quiet and the boats lay still.".repeat(60);
    for (String between : List.of(" ", filler + " ")) {
      PassageEmbedding found = sentences(first + between + second, first, second);
      assertThat(found.sentences()).hasSize(2);
      double chess = Vectors.dot(question, found.sentences().get(1));
      assertThat(chess).isGreaterThan(Vectors.dot(question, found.sentences().get(0)) + 0.2);
      assertThat(chess).isGreaterThan(Vectors.dot(question, found.vector()));
    }
  }

  @Test
  void embedSentences_withoutTokens_hasNone() {
    PassageEmbedding found =
        miniLm
            .embedSentences(
                List.of(new SentencedText("One.    ", List.of(new SentencedText.Place(5, 7)))),
                Call.UNLIMITED)
            .getFirst();
    assertThat(found.sentences()).isEmpty();
  }

  private static PassageEmbedding sentences(String text, String... sentences) {
    List<SentencedText.Place> places =
        Stream.of(sentences)
            .map(s -> new SentencedText.Place(text.indexOf(s), text.indexOf(s) + s.length()))
            .toList();
    return miniLm
        .embedSentences(List.of(new SentencedText(text, places)), Call.UNLIMITED)
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "How is data stored in Milvus?, 0.9, 1",
    "Wie werden die Daten im Speicher abgelegt?, 0.6, 1",
    "Come vengono conservati i dati nella memoria?, 0.6, 1",
    "Как хранятся данные в памяти?, 0, 0.1",
    "كيف يتم تخزين البيانات؟, 0, 0.1",
    "데이터는 어떻게 저장됩니까?, 0, 0.2",
    "数据是如何存储的？, 0, 0.2",
    "?!, 1, 1",
  })
  void embedQuestion_language_tellsHowMuchIsRead(String question, double least, double most) {
    assertThat(miniLm.embedQuestion(question, Call.UNLIMITED).coverage()).isBetween(least, most);
  }

  /** All words of these are one sign to the model, or those of the longer kind. */
  @ParameterizedTest
  @CsvSource({
    "th, ภูเขาไฟของเกาะระเบิดครั้งสุดท้ายเมื่อใด, 0",
    "lo, ຂົວຂ້າມແມ່ນ້ຳຖືກສ້າງຂຶ້ນເມື່ອໃດ?, 0",
    "km, តើស្ពានឆ្លងទន្លេត្រូវបានសាងសង់នៅពេលណា?, 0",
    "gu, નદી પરનો પુલ ક્યારે બંધાયો હતો?, 0.1",
    "pa, ਦਰਿਆ ਉੱਤੇ ਪੁਲ ਕਦੋਂ ਬਣਾਇਆ ਗਿਆ ਸੀ?, 0.1",
    "my, မြစ်ကူးတံတားကို ဘယ်အချိန်က ဆောက်ခဲ့သလဲ။, 0.1",
    "ml, നദിക്കു കുറുകെയുള്ള പാലം എപ്പോഴാണ് പണിതത്?, 0.1",
    "am, በወንዙ ላይ ያለው ድልድይ መቼ ተሠራ?, 0.1",
    "si, ගඟ හරහා පාලම ඉදිකළේ කවදාද?, 0.1",
    "te, నదిపై వంతెన ఎప్పుడు నిర్మించబడింది?, 0.1",
    "kn, ನದಿಯ ಮೇಲಿನ ಸೇತುವೆಯನ್ನು ಯಾವಾಗ ಕಟ್ಟಲಾಯಿತು?, 0.1",
    "ka, როდის აშენდა ხიდი მდინარეზე?, 0.6",
    "ta, ஆற்றின் மீதுள்ள பாலம் எப்போது கட்டப்பட்டது?, 0.8",
  })
  void embedQuestion_signsThatTheModelHasNot_areIllegible(
      String language, String question, double most) {
    QuestionEmbedding embedding = miniLm.embedQuestion(question, Call.UNLIMITED);
    assertThat(embedding.legible()).as(language).isLessThanOrEqualTo(most);
    assertThat(embedding.coverage()).as(language).isLessThanOrEqualTo(0.1);
  }

  @Test
  void embedQuestion_signsAmongWordsThatItKnows_countByTheirLetters() {
    QuestionEmbedding embedding =
        miniLm.embedQuestion("Milvus ทำงานอย่างไรเมื่อมีหลายเครื่อง", Call.UNLIMITED);
    assertThat(embedding.legible()).isBetween(0.1, 0.3);
    assertThat(embedding.coverage()).isLessThan(0.3);
    assertThat(miniLm.embedQuestion("How does Milvus work?", Call.UNLIMITED).legible()).isOne();
  }

  @Test
  void embedQuestions_several_areEachAsAlone() {
    List<float[]> together = miniLm.embedQuestions(TEXTS, Call.UNLIMITED);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(together.get(i))
          .isEqualTo(miniLm.embedQuestion(TEXTS.get(i), Call.UNLIMITED).vector());
    }
  }

  @Test
  void countTokens_knownText_countsWithoutSpecialTokens() {
    assertThat(miniLm.countTokens(TEXTS.getFirst())).isEqualTo(8);
  }

  @Test
  void embed_deadlinePassed_endsWithDeadlineExceeded() {
    assertThatThrownBy(() -> miniLm.embedPassages(TEXTS, Call.within(Duration.ZERO)))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  @Test
  void embed_interruptedCaller_endsWithCancelled() throws Exception {
    try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
      Future<?> call =
          caller.submit(
              () -> {
                Thread.currentThread().interrupt();
                miniLm.embedPassages(TEXTS, Call.UNLIMITED);
              });
      assertThatThrownBy(call::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
  }

  @Test
  void open_unknownName_namesTheKnownOnes() {
    assertThatThrownBy(() -> OnnxEmbedder.open("no-such-model", TestExecution.SHARED.compute()))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("all-minilm-l6-v2")
        .hasMessageContaining("bge-small-en");
  }

  @Test
  void open_folder_embedsAsTheSameModelByName(@TempDir Path folder) throws IOException {
    copy("/all-minilm-l6-v2-q.onnx", folder.resolve("model.onnx"));
    copy("/all-minilm-l6-v2-q-tokenizer.json", folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 256}");
    try (OnnxEmbedder fromFolder =
        OnnxEmbedder.open(folder.toString(), TestExecution.SHARED.compute())) {
      assertThat(fromFolder.model().fingerprint()).isEqualTo(miniLm.model().fingerprint());
      assertSameVectors(
          fromFolder.embedPassages(TEXTS, Call.UNLIMITED),
          miniLm.embedPassages(TEXTS, Call.UNLIMITED));
    }
  }

  @Test
  void open_folderWithoutTokenizer_saysSo(@TempDir Path folder) throws IOException {
    copy("/all-minilm-l6-v2-q.onnx", folder.resolve("model.onnx"));
    assertThatThrownBy(() -> OnnxEmbedder.open(folder.toString(), TestExecution.SHARED.compute()))
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void open_weightsThatAreNone_saysSo(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "not a graph");
    copy("/all-minilm-l6-v2-q-tokenizer.json", folder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> OnnxEmbedder.open(folder.toString(), TestExecution.SHARED.compute()))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("cannot be used");
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = OnnxEmbedderTest.class.getResourceAsStream(resource)) {
      assertThat(in).isNotNull();
      Files.copy(in, to);
    }
  }
}
