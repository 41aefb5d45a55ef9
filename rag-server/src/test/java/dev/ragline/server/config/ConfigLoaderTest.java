package dev.ragline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.admission.AdmissionLimits;
import dev.ragline.answering.GenerationLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  private static RaglineConfig load(Map<String, String> environment, Map<String, String> flags) {
    return ConfigLoader.load(null, environment, flags);
  }

  private Path yaml(String content) throws IOException {
    return Files.writeString(folder.resolve("ragline.yaml"), content);
  }

  @Test
  void load_nothingSaid_givesTheDefaults() {
    assertThat(load(Map.of(), Map.of())).isEqualTo(RaglineConfig.DEFAULT);
  }

  @Test
  void load_everyKeyInTheFile_isMapped() throws IOException {
    Path file =
        yaml(
            """
            server:
              host: 0.0.0.0
              port: 1
              port-file: p
              max-message-bytes: 5000000
              max-metadata-bytes: 2048
              max-calls-per-connection: 3
              max-resets-per-second: 4
              max-call-seconds: 5
              max-connection-age-seconds: 27
              max-connection-age-grace-seconds: 28
              lame-duck-seconds: 29
              drain-seconds: 6
            store:
              address: https://milvus:19530
              token: hush
              database: d
              ca-file: ca
              cert-file: c
              key-file: k
              server-name: s
              connect-seconds: 11
              call-seconds: 12
              prefix: p_1
              index: HNSW
              index-params: M=16
              search-params: ef=128
              retain-seconds: 13
              abandoned-seconds: 14
              shards: 15
              replicas: 16
            compute:
              cores: 7
            embedding:
              model: bge-small-en
              former-urls: ["http://old/v1"]
              remote-model: m
              key: k
              dimensions: 19
              max-tokens: 17
              batch-size: 18
              batches-in-flight: 20
              max-concurrent: 21
              query-prefix: "query: "
              passage-prefix: ""
              query-input-type: q
              passage-input-type: p
            rerank:
              model: cross-encoder
              remote-model: r
              key: s
              batch-size: 31
            llm:
              name: [lepton, "http://b/v1"]
              url: [http://localhost:1, ""]
              model: big, small
              key: ["", "se,cret"]
              api: [responses, chat]
              max-answer-bytes: 21
              connect-seconds: 22
              silence-seconds: 23
              max-concurrent: 24
              queue-seconds: 25
              breaker-seconds: 26
            ingest:
              max-document-bytes: 8
              max-chunks: 7
              silence-seconds: 6
              max-uploads: 9
            answers:
              log-bytes: 20000
              memory-bytes: 30000
              memory-seconds: 21
              disk-bytes: 22
              disk-seconds: 23
              heartbeat-seconds: 24
              lease-seconds: 25
              max-continued: 26
            limits:
              context-tokens: 1000
              max-answer-tokens: 17
              models: a, b
              max-passages: 18
              max-history-bytes: 19
              questions-per-minute: 20
              corpus-questions-per-minute: 21
              llm-tokens-per-minute: 22
              corpus-llm-tokens-per-minute: 23
            """);
    assertThat(ConfigLoader.load(file, Map.of(), Map.of()))
        .isEqualTo(
            new RaglineConfig(
                new ServerConfig("0.0.0.0", 1, "p", 5000000, 2048, 3, 4, 5, 27, 28, 29, 6),
                new ComputeConfig(7),
                new StoreConfig(
                    "https://milvus:19530",
                    "hush",
                    "d",
                    "ca",
                    "c",
                    "k",
                    "s",
                    11,
                    12,
                    "p_1",
                    "HNSW",
                    "M=16",
                    "ef=128",
                    13,
                    14,
                    15,
                    16,
                    256),
                new EmbeddingConfig(
                    "bge-small-en",
                    List.of(),
                    List.of("http://old/v1"),
                    "m",
                    "k",
                    19,
                    17,
                    18,
                    20,
                    21,
                    "query: ",
                    "",
                    "q",
                    "p"),
                new RerankConfig("cross-encoder", List.of(), "r", "s", 31),
                new LlmConfig(
                    List.of("lepton", "http://b/v1"),
                    List.of("http://localhost:1", ""),
                    List.of("big", "small"),
                    List.of("", "se,cret"),
                    List.of("responses", "chat"),
                    21,
                    22,
                    23,
                    24,
                    25,
                    26),
                new IngestLimits(8, 7, 9, 6),
                new AnswersConfig(20000, 30000, 21, 22, 23, 24, 25, 26),
                new LimitsConfig(1000, 17, List.of("a", "b"), 18, 19, 20, 21, 22, 23)));
  }

  @Test
  void limits_ofTheConfiguration_areThoseOfTheFeatures() {
    LimitsConfig limits = new LimitsConfig(1000, 17, List.of("a", "b"), 18, 19, 20, 21, 22, 23);
    assertThat(limits.generation()).isEqualTo(new GenerationLimits(1000, 17, List.of("a", "b")));
    assertThat(limits.admission()).isEqualTo(new AdmissionLimits(18, 19, 20, 21, 22, 23));
    assertThat(LimitsConfig.DEFAULT.generation()).isEqualTo(GenerationLimits.NONE);
  }

  @Test
  void load_listInTheEnvironment_isPartedByCommas() {
    LlmConfig llm =
        load(
                Map.of("RAGLINE_LLM_NAME", "lepton, openai", "RAGLINE_LLM_MODEL", ",gpt-4o"),
                Map.of("llm.api", "chat,responses"))
            .llm();
    assertThat(llm.name()).containsExactly("lepton", "openai");
    assertThat(llm.model()).containsExactly("", "gpt-4o");
    assertThat(llm.api()).containsExactly("chat", "responses");
  }

  @Test
  void load_fewerModelsThanEndpoints_isRefused() {
    assertThatThrownBy(
            () -> load(Map.of(), Map.of("llm.name", "lepton,openai", "llm.model", "gpt-4o")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("llm.model has 1 entries for 2 of llm.name");
  }

  @ParameterizedTest
  @CsvSource({
    "llm.api, chatty, llm.api is not chat or responses",
    "llm.max-answer-bytes, 0, llm.max-answer-bytes is less than 1",
    "llm.silence-seconds, 0, llm.silence-seconds is less than 1",
    "llm.max-concurrent, 0, llm.max-concurrent is less than 1",
    "llm.breaker-seconds, -1, llm.breaker-seconds is less than 0"
  })
  void load_badValueOfTheModel_namesTheKey(String key, String value, String message) {
    assertThatThrownBy(() -> load(Map.of(), Map.of("llm.name", "lepton", key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void load_sameKeyEverywhere_flagsWinOverEnvironmentOverFile() throws IOException {
    Path file = yaml("server: {port: 1, drain-seconds: 1, max-call-seconds: 1}");
    Map<String, String> environment =
        Map.of("RAGLINE_SERVER_PORT", "2", "RAGLINE_SERVER_DRAIN_SECONDS", "2");
    ServerConfig server = ConfigLoader.load(file, environment, Map.of("server.port", "3")).server();
    assertThat(server.port()).isEqualTo(3);
    assertThat(server.drainSeconds()).isEqualTo(2);
    assertThat(server.maxCallSeconds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "RAGLINE_SERVER",
        "RAGLINE_HEAP",
        "RAGLINE_CACHE",
        "RAGLINE_JAVA_HOME",
        "RAGLINE_JAVA_OPTS",
        "RAGLINE_LOG",
        "RAGLINE_FROM_TOKEN",
        "RAGLINE_TO_INDEX_PARAMS",
        "RAGLINE_PORT",
        "RAGLINE_SERVICE_HOST",
        "RAGLINE_SERVICE_PORT_GRPC",
        "RAGLINE_PORT_50051_TCP",
        "RAGLINE_EU_PORT_50051_TCP_ADDR"
      })
  void load_variableOfOthers_isPassedOver(String name) {
    assertThat(load(Map.of(name, "x"), Map.of())).isEqualTo(RaglineConfig.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "server.prot, server.port",
    "server.portfile, server.port-file",
    "store.adress, store.address",
    "lmm.name, llm.name"
  })
  void load_unknownKey_namesTheNearestKnownOne(String key, String nearest) {
    assertThatThrownBy(() -> load(Map.of(), Map.of(key, "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(key + " is not a known key; did you mean " + nearest + "?");
  }

  @Test
  void load_unknownKeyInTheFile_isRefused() throws IOException {
    Path file = yaml("server:\n  prot: 1\n");
    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of(), Map.of()))
        .hasMessageContaining("server.prot")
        .hasMessageContaining("server.port");
  }

  @ParameterizedTest
  @CsvSource({
    "RAGLINE_SERVER_PROT, RAGLINE_SERVER_PORT",
    "RAGLINE_SERVR_PORT, RAGLINE_SERVER_PORT",
    "RAGLINE_STOR_TOKEN, RAGLINE_STORE_TOKEN",
    "RAGLINE_STORE_PREFX, RAGLINE_STORE_PREFIX",
    "RAGLINE_HAEP, RAGLINE_HEAP",
    "RAGLINE_FORM_TOKEN, RAGLINE_FROM_TOKEN",
    "RAGLINE_TO_TOKN, RAGLINE_TO_TOKEN"
  })
  void load_unknownVariableOfOurs_namesTheNearestKnownOne(String name, String nearest) {
    assertThatThrownBy(() -> load(Map.of(name, "1"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the environment's " + name + " is not known; did you mean " + nearest + "?");
    assertThatThrownBy(() -> ConfigLoader.requireKnownVariables(Map.of("PATH", "/", name, "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, -1, 0",
    "localhost, -1, 0",
    "::1, -1, 0",
    "0.0.0.0, -1, 5",
    "0.0.0.0, 0, 0",
    "127.0.0.1, 7, 7"
  })
  void lameDuck_unlessSaid_isForOthersThanThisMachine(String host, String said, long seconds) {
    Map<String, String> flags = Map.of("server.host", host, "server.lame-duck-seconds", said);
    assertThat(load(Map.of(), flags).server().lameDuck()).hasSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "server.port, seven, 'server.port: ''seven'' is not a whole number'",
    "server.port, 70000, server.port is not 0 to 65535",
    "server.host, '', server.host is empty",
    "server.lame-duck-seconds, -2, server.lame-duck-seconds is less than -1",
    "server.max-connection-age-seconds, -1, server.max-connection-age-seconds is less than 0",
    "limits.context-tokens, 511, limits.context-tokens is less than 512",
    "limits.max-passages, 101, limits.max-passages is not 0 to 100",
    "limits.questions-per-minute, -1, limits.questions-per-minute is less than 0",
    "ingest.max-uploads, 0, ingest.max-uploads is less than 1"
  })
  void load_valueThatMakesNoSense_saysWhy(String key, String value, String message) {
    assertThatThrownBy(() -> load(Map.of(), Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[server, store]|is not a mapping",
        "server|is not a mapping",
        "serve:|is not a section",
        "server: {prot: }|server.prot is not a known key",
        "server: [1, 2]|is not a section",
        "server: {port: {a: 1}}|is not a plain value",
        "server: {port: 1|is not YAML"
      })
  void load_fileOfAnotherShape_saysWhere(String content, String message) throws IOException {
    Path file = yaml(content);
    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# all by default\n", "server:\n", "llm:\n  name:\n", "~"})
  void load_fileThatSaysNothing_givesTheDefaults(String content) throws IOException {
    Path file = yaml(content);
    assertThat(ConfigLoader.load(file, Map.of(), Map.of())).isEqualTo(RaglineConfig.DEFAULT);
  }

  @Test
  void load_missingFile_saysSo() {
    assertThatThrownBy(() -> ConfigLoader.load(folder.resolve("none"), Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void toString_secrets_areNotShown() {
    Map<String, String> flags =
        Map.of(
            "llm.key",
            "hush-1",
            "embedding.key",
            "hush-2",
            "store.address",
            "http://milvus",
            "store.token",
            "hush-3");
    RaglineConfig config = load(Map.of(), flags);
    assertThat(config.toString()).doesNotContain("hush");
  }
}
