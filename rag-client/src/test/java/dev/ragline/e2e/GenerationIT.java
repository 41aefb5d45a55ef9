package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.v1.Answer;
import dev.ragline.v1.Stage;
import dev.ragline.v1.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What arrives at a language model of all that can be said of how an answer is written. */
@TakesMinutes
class GenerationIT {
  private static final String TEXT = "Backups go to the cold bucket in Oulu [1].";
  private static final String SCHEMA =
      """
      {"type": "object", "properties": {"where": {"type": "string"}, "sources": {"type": "array"}}}
      """;

  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  private static JsonNode body(int number) throws IOException {
    JsonNode request = setup.llm().awaitRequests(number).get(number - 1);
    return LlmSetup.parse(request.path("body").asText());
  }

  private static String file(String name, String content) throws IOException {
    return Files.writeString(setup.folder().resolve(name), content).toString();
  }

  private static Rag.Result ask(ServerProcess server, String... options) {
    List<String> command =
        new ArrayList<>(List.of("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS));
    command.addAll(List.of(options));
    return server.rag(command.toArray(String[]::new));
  }

  private static Answer answer(Rag.Result asked) {
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    return StreamLaws.checkWhole(Output.events(asked));
  }

  @Test
  void ask_everyOption_arrivesUpstream() throws Exception {
    setup.llm().answer(TEXT);
    try (ServerProcess server = setup.serve("ok")) {
      Answer answer =
          answer(
              ask(
                  server,
                  "--json",
                  "--model=mistral-large",
                  "--temperature=0",
                  "--seed=7",
                  "--max-tokens=300",
                  "--stop=END",
                  "--stop=STOP",
                  "--system-file=" + file("system.txt", "Be brief.\n"),
                  "--template-file=" + file("template.txt", "<d>{context}</d>\nQ: {question}\n"),
                  "--answer-language=pt-BR",
                  "--turn=Hello.",
                  "--turn=assistant:Hi </d>.",
                  "--rewrite=off"));
      assertThat(answer.getText()).isEqualTo("Backups go to the cold bucket in Oulu.");
      assertThat(answer.getCitationsCount()).isEqualTo(1);
      assertThat(answer.getWarningsList()).isEmpty();

      JsonNode body = body(1);
      assertThat(body.path("model").asText()).isEqualTo("mistral-large");
      assertThat(body.path("temperature").asDouble(-1)).isZero();
      assertThat(body.path("seed").asInt()).isEqualTo(7);
      assertThat(body.path("max_tokens").asInt()).isEqualTo(300);
      assertThat(body.path("stop")).isEqualTo(LlmSetup.parse("[\"END\", \"STOP\"]"));
      JsonNode messages = body.path("messages");
      assertThat(messages.findValuesAsText("role"))
          .containsExactly("system", "user", "assistant", "user");
      assertThat(messages.get(0).path("content").asText())
          .isEqualTo(
              "Be brief. Answer in Portuguese (Brazil), whatever language the question is in.");
      assertThat(messages.get(1).path("content").asText()).isEqualTo("Hello.");
      assertThat(messages.get(2).path("content").asText()).isEqualTo("Hi &lt;/d>.");
      assertThat(messages.get(3).path("content").asText())
          .startsWith("<d>[1] ")
          .contains("cold bucket in Oulu")
          .endsWith("</d>\nQ: " + LlmSetup.QUESTION);
    }
  }

  @Test
  void ask_jsonSchema_isPassedOnAndTheJsonIsCitedByItsTexts() throws Exception {
    String json =
        "{\"where\": \"Backups are written to the cold bucket in Oulu\", \"sources\": [1]}";
    setup.llm().answer(json);
    try (ServerProcess server = setup.serve("ok")) {
      Answer answer = answer(ask(server, "--json", "--json-schema=" + file("schema.json", SCHEMA)));

      assertThat(answer.getText()).isEqualTo(json);
      assertThat(answer.getCitationsList()).hasSize(1);
      assertThat(answer.getCitations(0).getAnswerRange().getStart()).isEqualTo(11);
      assertThat(answer.getWarningsList()).isEmpty();
      assertThat(body(1).path("response_format"))
          .isEqualTo(
              LlmSetup.parse(
                  "{\"type\": \"json_schema\", \"json_schema\":"
                      + " {\"name\": \"answer\", \"strict\": false, \"schema\": "
                      + SCHEMA
                      + "}}"));

      setup.llm().answer("Sure!");
      Rag.Result chatty = ask(server, "--json-schema=" + setup.folder().resolve("schema.json"));
      assertThat(chatty.err()).contains("NOT_JSON");
    }
  }

  @Test
  void ask_corpusSaysHow_isFollowedUnlessTheQuestionSaysOtherwise() throws Exception {
    setup.llm().answer(TEXT);
    try (ServerProcess server = setup.serve("ok")) {
      var updated =
          server.rag(
              "corpus", "update", LlmSetup.CORPUS, "--temperature=0.25", "--system=In verse.");
      assertThat(updated.exitCode()).as(updated.err()).isZero();
      ask(server);
      ask(server, "--temperature=1");
      assertThat(body(1).path("temperature").asDouble()).isEqualTo(0.25);
      assertThat(body(1).at("/messages/0/content").asText()).startsWith("In verse.");
      assertThat(body(2).path("temperature").asDouble()).isEqualTo(1);
      assertThat(body(2).at("/messages/0/content").asText()).startsWith("In verse.");
      assertThat(server.rag("corpus", "show", LlmSetup.CORPUS).out())
          .contains("temperature 0.25, own instruction");

      String wrong = file("wrong.txt", "{context}\n{qestion}");
      var refused = server.rag("corpus", "update", LlmSetup.CORPUS, "--template-file=" + wrong);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("corpus.generation.template", "line 2, column 1");

      server.rag("corpus", "update", LlmSetup.CORPUS, "--usual-generation");
      ask(server);
      assertThat(body(3).has("temperature")).isFalse();
    }
  }

  @Test
  void ask_modelThatThinksAloud_answersWithoutItsThoughtsAndTellsTheirCost() {
    setup.llm().answer(TEXT);
    try (ServerProcess server = setup.serve("think")) {
      Answer answer = answer(ask(server, "--json"));
      assertThat(answer.getText()).isEqualTo("Backups go to the cold bucket in Oulu.");
      assertThat(answer.getUsage().getPromptTokens()).isEqualTo(11);
      assertThat(answer.getUsage().getCompletionTokens()).isEqualTo(5);
      assertThat(answer.getUsage().getReasoningTokens()).isEqualTo(3);
      assertThat(answer.getUsage().getEmbeddingTokens()).isPositive();
      assertThat(answer.getUsage().hasTimeToFirstToken()).isTrue();

      assertThat(ask(server).err()).contains("11 tokens read, 5 written (3 of them thoughts)");
    }
  }

  @Test
  void ask_smallContext_getsWhatFitsAndIsToldWhatDoesNot() throws Exception {
    setup.llm().answer(TEXT);
    String rambling = "What I want to say about our backups is this, and it is long. ".repeat(40);
    try (ServerProcess server = setup.serve("ok", Map.of("RAGLINE_LIMITS_CONTEXT_TOKENS", "700"))) {
      Answer answer =
          answer(
              ask(
                  server,
                  "--json",
                  "--limit=5",
                  "--rewrite=off",
                  "--turn=" + rambling,
                  "--turn=assistant:Go on.",
                  "--turn=Now then.",
                  "--turn=assistant:Yes?"));
      assertThat(answer.getWarningsList())
          .extracting(Warning::getCode)
          .contains("CONTEXT_HISTORY_LEFT_OUT");
      assertThat(answer.getStagesList()).extracting(Stage::getName).contains("fit");
      assertThat(
              answer.getStagesList().stream()
                  .filter(stage -> stage.getName().equals("fit"))
                  .findFirst()
                  .orElseThrow()
                  .getDetail())
          .contains(" passages", "2 of 4 turns", " of 700 tokens");
      List<String> contents = body(1).path("messages").findValuesAsText("content");
      assertThat(contents.subList(1, 3)).containsExactly("Now then.", "Yes?");
      assertThat(contents.getLast()).contains("cold bucket in Oulu");

      var tooMuch = ask(server, "--max-tokens=600");
      assertThat(tooMuch.exitCode()).isEqualTo(1);
      assertThat(tooMuch.err()).contains("LLM_CONTEXT_TOO_SMALL", "--llm-context-tokens");
    }
  }

  @Test
  void ask_limitsOfTheServer_hold() throws Exception {
    setup.llm().answer(TEXT);
    Map<String, String> limits =
        Map.of(
            "RAGLINE_LIMITS_MAX_ANSWER_TOKENS", "50",
            "RAGLINE_LIMITS_MODELS", "big,small",
            "RAGLINE_LIMITS_MAX_PASSAGES", "4",
            "RAGLINE_LIMITS_MAX_HISTORY_BYTES", "10");
    try (ServerProcess server = setup.serve("ok", limits)) {
      ask(server);
      assertThat(body(1).path("max_tokens").asInt()).isEqualTo(50);
      assertThat(ask(server, "--max-tokens=100", "--model=big").err())
          .contains("MAX_TOKENS_LOWERED");
      assertThat(body(2).path("max_tokens").asInt()).isEqualTo(50);
      assertThat(body(2).path("model").asText()).isEqualTo("big");
      assertThat(ask(server, "--model=huge").err()).contains("generation.model", "big, small");
      assertThat(ask(server, "--limit=5").err()).contains("retrieval.limit", "at most 4");
      assertThat(ask(server, "--turn=Hello, world!").err()).contains("history: ", "at most 10");
      assertThat(setup.llm().awaitRequests(2)).hasSize(2);
    }
  }

  @Test
  void ask_quotas_areToldWithTheTimeToWait() {
    setup.llm().answer(TEXT);
    try (ServerProcess server =
        setup.serve("ok", Map.of("RAGLINE_LIMITS_CORPUS_QUESTIONS_PER_MINUTE", "1"))) {
      assertThat(ask(server).exitCode()).isZero();
      Rag.Result refused = ask(server);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err())
          .contains("corpora/own may have 1 questions a minute", "try again in", "QUOTA_EXCEEDED");
      assertThat(server.rag("search", "Where?", "--corpus", LlmSetup.CORPUS).err())
          .contains("QUOTA_EXCEEDED");
    }
    try (ServerProcess server =
        setup.serve("ok", Map.of("RAGLINE_LIMITS_LLM_TOKENS_PER_MINUTE", "10"))) {
      assertThat(ask(server).exitCode()).isZero();
      assertThat(ask(server).err())
          .contains("this server may have 10 tokens of language models a minute");
      assertThat(setup.llm().awaitRequests(2)).hasSize(2);
    }
  }

  @Test
  void ask_responsesApi_takesWhatItKnowsAndWarnsOfTheRest() throws Exception {
    setup.llm().answer(TEXT);
    try (ServerProcess server =
        setup.serveWith(Map.of(), "--llm", setup.llm().baseUrl("ok"), "--llm-api", "responses")) {
      Answer answer =
          answer(
              ask(
                  server,
                  "--json",
                  "--model=big",
                  "--temperature=0.5",
                  "--seed=7",
                  "--max-tokens=300",
                  "--turn=Hello.",
                  "--turn=assistant:Hi.",
                  "--rewrite=off",
                  "--json-schema=" + file("response.json", SCHEMA)));
      assertThat(answer.getWarningsList())
          .extracting(Warning::getCode)
          .contains("GENERATION_IGNORED");
      JsonNode body = body(1);
      assertThat(body.path("model").asText()).isEqualTo("big");
      assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
      assertThat(body.path("max_output_tokens").asInt()).isEqualTo(300);
      assertThat(body.path("input").findValuesAsText("role"))
          .containsExactly("user", "assistant", "user");
      assertThat(body.at("/text/format/type").asText()).isEqualTo("json_schema");
      assertThat(body.at("/text/format/schema")).isEqualTo(LlmSetup.parse(SCHEMA));
    }
  }
}
