package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot start say why in one line. */
class PortIT {
  @TempDir Path folder;

  private Rag.Result serve(int exitCode, String... arguments) {
    return serve(exitCode, Map.of(), arguments);
  }

  private Rag.Result serve(int exitCode, Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of("serve", "--store", folder.resolve("s").toString()));
    all.addAll(List.of(arguments));
    Rag.Result result = Rag.run(environment, all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    assertThat(Commands.said(result)).as(result.err()).hasSize(1);
    assertThat(Commands.said(result).getFirst()).startsWith("rag: ").doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
    return result;
  }

  private String yaml(String content) throws IOException {
    return Files.writeString(folder.resolve("ragline.yaml"), content).toString();
  }

  @Test
  void serve_portTaken_saysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(serve(1, "--port", port).err())
          .contains("cannot listen on 127.0.0.1:" + port, "in use", "--port", "ADDRESS_UNUSABLE");
    }
  }

  @Test
  void serve_hostThatIsNotThere_saysSo() {
    assertThat(serve(1, "--port", "0", "--host", "no-such-host.invalid").err())
        .contains("cannot listen on no-such-host.invalid:0", "ADDRESS_UNUSABLE");
  }

  @Test
  void serve_unknownKey_namesTheNearest() throws IOException {
    assertThat(serve(2, "--config", yaml("server:\n  prot: 1\n")).err())
        .contains("server.prot is not a known key; did you mean server.port?");
  }

  @Test
  void serve_fileThatIsNoMapping_saysSo() throws IOException {
    assertThat(serve(2, "--config", yaml("- server\n- store\n")).err())
        .contains("ragline.yaml", "is not a mapping");
  }

  @Test
  void serve_missingFile_saysSo() {
    assertThat(serve(2, "--config", folder.resolve("none.yaml").toString()).err())
        .contains("none.yaml cannot be read");
  }

  @Test
  void serve_portThatIsNoNumber_saysSo() {
    assertThat(serve(2, "--port", "http").err())
        .contains("server.port: 'http' is not a whole number");
  }

  @Test
  void serve_unknownEmbedding_namesTheKnownOnes() {
    assertThat(serve(1, "--port", "0", "--embedding", "no-such-model").err())
        .contains("'no-such-model'", "all-minilm-l6-v2", "bge-small-en");
  }

  @Test
  void serve_folderWithoutAModel_saysWhatIsMissing() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    assertThat(serve(1, "--port", "0", "--embedding", model.toString()).err())
        .contains("model.onnx");
    Files.writeString(model.resolve("model.onnx"), "no model");
    Files.writeString(model.resolve("tokenizer.json"), "{}");
    Files.writeString(model.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 128}");
    assertThat(serve(1, "--port", "0", "--embedding", model.toString()).err())
        .contains("cannot be used");
  }

  @Test
  void serve_unknownLlm_namesTheKnownOnes() {
    assertThat(serve(1, "--port", "0", "--llm", "no-such-llm").err())
        .contains("llm: there is no preset of this name", "lepton", "ollama");
  }

  @Test
  void serve_storeThatIsAFile_saysSo() throws IOException {
    Files.writeString(folder.resolve("s"), "");
    assertThat(serve(1, "--port", "0").err()).contains("is not a folder", "STORE_FOLDER");
  }

  @Test
  void serve_portFileThatCannotBeWritten_saysSo() {
    Path file = folder.resolve("no/such/folder/port");
    assertThat(serve(1, "--port", "0", "--port-file", file.toString()).err())
        .contains("the port file cannot be written");
  }
}
