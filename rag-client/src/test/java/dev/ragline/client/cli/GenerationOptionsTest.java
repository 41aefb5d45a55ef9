package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.ResponseSchema;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.Usage;
import dev.ragline.v1.UsageReported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --model}, {@code --temperature} and their like, of questions and of corpora. */
@Timeout(60)
class GenerationOptionsTest {
  @TempDir Path folder;
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private Corpus held(String name) {
    return Objects.requireNonNull(rag.server.corpora.held.get(name));
  }

  @Test
  void ask_options_reachTheServer() throws Exception {
    rag.server.answers.events = new Script().complete();

    Ended ended =
        rag.run(
            "ask",
            "q",
            "--corpus=x",
            "--model=big",
            "--temperature=0.5",
            "--seed=-7",
            "--max-tokens=100",
            "--stop=END",
            "--stop=\n\n",
            "--system-file=" + file("s.txt", "Be brief.\n"),
            "--template-file=" + file("t.txt", "{context}\n{question}\n"),
            "--answer-language=de",
            "--json-schema=" + file("j.json", "{}"));

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    StreamAskRequest asked = Objects.requireNonNull(rag.server.answers.asked);
    assertThat(asked.getGeneration())
        .isEqualTo(
            GenerationSpec.newBuilder()
                .setModel("big")
                .setTemperature(0.5)
                .setSeed(-7)
                .setMaxTokens(100)
                .addStop("END")
                .addStop("\n\n")
                .setSystem("Be brief.")
                .setTemplate("{context}\n{question}")
                .setAnswerLanguage("de")
                .setResponseSchema(ResponseSchema.newBuilder().setSchema("{}"))
                .build());

    rag.run("ask", "q", "--corpus=x");
    assertThat(Objects.requireNonNull(rag.server.answers.asked).hasGeneration()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--temperature 2.5",
        "--temperature NaN",
        "--max-tokens 0",
        "--seed x",
        "--system a --system-file b",
        "--template-file /there/is/none",
        "--stop a --stop b --stop c --stop d --stop e"
      })
  void ask_optionsThatMakeNoSense_areWrongUsage(String options) {
    Ended ended = rag.run(("ask q --corpus x " + options).split(" "));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).hasLineCount(1);
    assertThat(rag.server.answers.asked).isNull();
  }

  @Test
  void ask_usage_isSaidApartFromTheAnswer() {
    List<AnswerEvent> script = new ArrayList<>(new Script().text("Yes.").complete());
    Usage usage =
        Usage.newBuilder()
            .setPromptTokens(812)
            .setCompletionTokens(54)
            .setReasoningTokens(12)
            .setEmbeddingTokens(9)
            .setTimeToFirstToken(Durations.fromMillis(412))
            .setTokensPerSecond(31.6)
            .build();
    script.add(
        script.size() - 1,
        AnswerEvent.newBuilder()
            .setUsageReported(UsageReported.newBuilder().setUsage(usage))
            .build());
    rag.server.answers.events = script;

    Ended ended = rag.run("ask", "q", "--corpus=x");

    assertThat(ended.out()).isEqualTo("Yes.\n");
    assertThat(ended.err())
        .isEqualTo(
            "rag: 812 tokens read, 54 written (12 of them thoughts), 9 embedded; first after"
                + " 0.41 s, then 32/s\n");
  }

  @Test
  void corpusUpdate_options_changeWhatIsThereOneByOne() {
    GenerationSpec there =
        GenerationSpec.newBuilder().setModel("small").addStop("A").setSeed(1).build();
    rag.server.corpora.held.put(
        "corpora/x",
        Corpus.newBuilder().setName("corpora/x").setEtag("e").setGeneration(there).build());

    Ended ended = rag.run("corpus", "update", "x", "--model=big", "--stop=B", "--temperature=0");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("updated corpora/x\n");
    assertThat(held("corpora/x").getGeneration())
        .isEqualTo(
            there.toBuilder().setModel("big").clearStop().addStop("B").setTemperature(0).build());
    assertThat(rag.run("corpus", "show", "x").out())
        .contains("model big, temperature 0.0, seed 1, 1 stop\n");

    rag.run("corpus", "update", "x", "--usual-generation", "--seed=2");
    assertThat(held("corpora/x").getGeneration())
        .isEqualTo(GenerationSpec.newBuilder().setSeed(2).build());
    assertThat(rag.run("corpus", "update", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void ingest_options_becomeTheCorpussOwn() throws Exception {
    String document = file("a.md", "Text.");
    rag.run("ingest", document, "--corpus=new", "--answer-language=question");
    assertThat(held("corpora/new").getGeneration().getAnswerLanguage()).isEqualTo("question");

    rag.run("ingest", document, "--corpus=new", "--temperature=0");
    assertThat(held("corpora/new").getGeneration())
        .isEqualTo(
            GenerationSpec.newBuilder().setAnswerLanguage("question").setTemperature(0).build());
  }
}
