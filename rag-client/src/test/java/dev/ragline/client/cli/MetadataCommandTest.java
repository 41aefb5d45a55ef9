package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Values;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MetadataCommandTest {
  private static final String SCHEMA =
      "team:string,year:int,price:double,open:bool,due:timestamp,tags:string-list";

  private final CommandLineHarness rag = new CommandLineHarness();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("a.md"), "# A\n\none");
  }

  @AfterEach
  void close() {
    rag.close();
  }

  private Ended ingest(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "ingest";
    arguments[1] = folder.toString();
    arguments[2] = "--corpus";
    arguments[3] = "c";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return rag.run(arguments);
  }

  private List<MetadataField> schema() {
    return Objects.requireNonNull(rag.server.corpora.held.get("corpora/c")).getMetadataSchemaList();
  }

  private Struct metadata() {
    return Objects.requireNonNull(rag.server.documents.held.get("corpora/c/documents/a.md"))
        .document()
        .getMetadata();
  }

  @Test
  void ingest_metadata_areTypedByTheSchema() {
    Ended ended =
        ingest(
            "--metadata-schema", SCHEMA,
            "--metadata", "team=a=b",
            "--metadata", "year=2026",
            "--metadata", "price=-1.5e3",
            "--metadata", "open=true",
            "--metadata", "due=2026-01-31T12:00:00Z",
            "--metadata", "tags=a,b",
            "--metadata", "tags=");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(metadata().getFieldsMap())
        .containsEntry("team", Values.of("a=b"))
        .containsEntry("year", Values.of(2026))
        .containsEntry("price", Values.of(-1500))
        .containsEntry("open", Values.of(true))
        .containsEntry("due", Values.of("2026-01-31T12:00:00Z"))
        .containsEntry("tags", Values.of(List.of(Values.of("a,b"), Values.of(""))))
        .hasSize(6);
    assertThat(rag.run("corpus", "show", "c").out())
        .contains(
            "metadata     team:string, year:int, price:double, open:bool, due:timestamp,"
                + " tags:string-list\n");
    assertThat(rag.run("document", "show", "a.md", "--corpus", "c").out())
        .containsPattern("metadata.team +a=b\n")
        .containsPattern("metadata.year +2026\n")
        .containsPattern("metadata.tags +a,b, \n|metadata.tags +a,b,\n");
  }

  @Test
  void ingest_schemaOfACorpusThatIsThere_addsWhatItLacks() {
    assertThat(ingest("--metadata-schema", "team:string").exitCode()).isZero();
    assertThat(ingest("--metadata-schema", "year:int,team:string").exitCode()).isZero();
    assertThat(ingest("--metadata-schema", "team:string").exitCode()).isZero();
    assertThat(schema())
        .extracting(MetadataField::getName, MetadataField::getType)
        .containsExactly(
            tuple("team", MetadataType.METADATA_TYPE_STRING),
            tuple("year", MetadataType.METADATA_TYPE_INT));
    assertThat(ingest("--metadata-schema", "team:int"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "rag: the metadata of corpus c have team:string, not team:int; --recreate builds"
                    + " it anew (METADATA_MISMATCH)\n"));
  }

  @Test
  void ingest_wrongMetadata_sendNothing() {
    assertThat(ingest("--metadata-schema", "team").exitCode()).isEqualTo(2);
    assertThat(ingest("--metadata-schema", "team:text").err())
        .contains("'text' is no type of metadata; there are string, int, double, bool, timestamp");
    assertThat(ingest("--metadata", "team").exitCode()).isEqualTo(2);
    assertThat(rag.server.corpora.held).isEmpty();
    assertThat(ingest("--metadata", "team=x"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "rag: the corpus has no metadata team; --metadata-schema team:string adds it\n"));
    assertThat(ingest("--metadata-schema", SCHEMA, "--metadata", "year=new").exitCode())
        .isEqualTo(2);
    assertThat(ingest("--metadata", "open=yes").exitCode()).isEqualTo(2);
    assertThat(ingest("--metadata", "team=a", "--metadata", "team=b").exitCode()).isEqualTo(2);
    assertThat(rag.server.documents.held).isEmpty();
  }

  @Test
  void search_filter_reachesTheServer() {
    rag.run("search", "q", "--corpus", "c", "--filter", "metadata.year > 2025");
    assertThat(Objects.requireNonNull(rag.server.answers.searched).getRetrieval().getFilter())
        .isEqualTo("metadata.year > 2025");
  }
}
