package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ragline.call.Call;
import dev.ragline.testing.Passages;
import dev.ragline.testing.RecordingDraft;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tutorial's question over the tutorial's corpus. */
class FaqAnswerTest {
  private static final Path FAQ =
      Optional.ofNullable(System.getenv("RAGLINE_TEST_DATA"))
          .map(Path::of)
          .orElseGet(() -> Path.of(System.getProperty("ragline.root", "."), "../shared/data"))
          .resolve("milvus-faq/product_faq.md");

  @Test
  void write_howIsDataStored_namesEveryStore() throws IOException {
    assumeThat(FAQ).as("the Milvus FAQ of the test data").exists();
    List<String> chunks = Arrays.asList(Files.readString(FAQ).split("# "));
    String[] found =
        List.of("Where does Milvus store data?", "How does Milvus flush data?", "Why is there no")
            .stream()
            .map(
                start ->
                    chunks.stream()
                        .filter(c -> c.strip().startsWith(start))
                        .findFirst()
                        .orElseThrow())
            .toArray(String[]::new);
    RecordingDraft draft = new RecordingDraft();

    new ExtractiveWriter(TestExecution.SHARED.compute())
        .write("How is data stored in milvus?", Passages.of(found), Call.UNLIMITED, draft);

    assertThat(draft.text())
        .contains("MinIO", "S3", "Google Cloud Storage", "Azure", "OSS", "COS", "etcd")
        .doesNotContain("](", "Where does Milvus store data?");
    assertThat(draft.citations()).allMatch(c -> c.passage().rank() == 1 && c.support() == 1);
    assertThat(draft.citations())
        .map(Passages::quoteOf)
        .anyMatch(quote -> quote.endsWith("etcd."))
        .anyMatch(quote -> quote.contains("[MinIO](") && quote.endsWith("(COS)."));
  }
}
