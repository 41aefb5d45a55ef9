package dev.ragline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.Warning;
import dev.ragline.parsing.StandardDocumentParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredMetadataTest {
  private static final MetadataSchema SCHEMA =
      MetadataSchema.of(
          List.of(
              new MetadataField("owner", MetadataType.STRING),
              new MetadataField("tags", MetadataType.STRING_LIST),
              new MetadataField("weight", MetadataType.INT),
              new MetadataField("score", MetadataType.DOUBLE),
              new MetadataField("draft", MetadataType.BOOL),
              new MetadataField("last_modified", MetadataType.TIMESTAMP)));

  private static DeclaredMetadata declared(String content, Metadata given) {
    return DeclaredMetadata.of(
        SCHEMA,
        given,
        new StandardDocumentParser()
            .parse(content.getBytes(UTF_8), MediaType.MARKDOWN)
            .frontMatter());
  }

  private static DeclaredMetadata declared(String content) {
    return declared(content, Metadata.EMPTY);
  }

  @Test
  void of_yaml_isTypedByTheSchema() {
    DeclaredMetadata declared =
        declared(
            """
            ---
            title: A: b
            owner: 1.10
            tags:
              - a
              - "b, c"
            weight: 40
            score: 1e-1
            draft: yes
            last-modified: 2024-05-01
            other: 3
            ---
            """);

    assertThat(declared.warnings()).isEmpty();
    assertThat(declared.metadata().values())
        .isEqualTo(
            Map.of(
                "owner", new MetadataValue.Text("1.10"),
                "tags", new MetadataValue.Texts(List.of("a", "b, c")),
                "weight", new MetadataValue.Whole(40),
                "score", new MetadataValue.Decimal(0.1),
                "draft", new MetadataValue.Truth(true),
                "last_modified", new MetadataValue.Time(Instant.parse("2024-05-01T00:00:00Z"))));
  }

  @Test
  void of_toml_isTypedByTheSchema() {
    DeclaredMetadata declared =
        declared(
            """
            +++
            owner = "anna"
            tags = ["a", "b"]
            weight = 40
            score = 0.5
            draft = false
            lastModified = 1
            last_modified = 2024-05-01T10:00:00+02:00
            [params]
            owner = "other"
            +++
            """);

    assertThat(declared.warnings()).isEmpty();
    assertThat(declared.metadata().values())
        .isEqualTo(
            Map.of(
                "owner", new MetadataValue.Text("anna"),
                "tags", new MetadataValue.Texts(List.of("a", "b")),
                "weight", new MetadataValue.Whole(40),
                "score", new MetadataValue.Decimal(0.5),
                "draft", new MetadataValue.Truth(false),
                "last_modified", new MetadataValue.Time(Instant.parse("2024-05-01T08:00:00Z"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2024-05-01 | 2024-05-01T00:00:00Z",
        "2024-05-01T12:30:00Z | 2024-05-01T12:30:00Z",
        "2024-05-01 7:30:15 | 2024-05-01T07:30:15Z",
        "2024-05-01 12:30 | 2024-05-01T12:30:00Z",
        "2024-05-01T12:30:00.25+0200 | 2024-05-01T10:30:00.25Z",
        "2024-05-01 12:30:00 -5:30 | 2024-05-01T18:00:00Z",
        "2024-05-01 12:30:00 +2 | 2024-05-01T10:30:00Z",
      })
  void of_time_isReadAsPeopleWriteIt(String written, Instant time) {
    DeclaredMetadata declared = declared("---\nlast_modified: " + written + "\n---\n");

    assertThat(declared.warnings()).isEmpty();
    assertThat(declared.metadata().values())
        .containsEntry("last_modified", new MetadataValue.Time(time));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "weight: soon | weight 'soon' is not a INT",
        "weight: 1.5 | weight '1.5' is not a INT",
        "weight: 9007199254740993 | weight '9007199254740993' is not a INT",
        "score: .nan | score '.nan' is not a DOUBLE",
        "draft: maybe | draft 'maybe' is not a BOOL",
        "last_modified: May 2024 | last_modified 'May 2024' is not a TIMESTAMP",
        "last_modified: 2024-13-01 | last_modified '2024-13-01' is not a TIMESTAMP",
        "owner: [a, b] | owner 'a, b' is not a STRING",
        "Weight: x | weight 'x' is not a INT",
      })
  void of_valueThatDoesNotFit_isLeftOutWithAWarning(String entry, String warning) {
    DeclaredMetadata declared = declared("---\n" + entry + "\ntags: a, b ,\n---\n");

    assertThat(declared.metadata().values())
        .isEqualTo(Map.of("tags", new MetadataValue.Texts(List.of("a", "b"))));
    assertThat(declared.warnings())
        .extracting(Warning::code)
        .containsExactly("FRONT_MATTER_IGNORED");
    assertThat(declared.warnings().getFirst().message()).endsWith(": " + warning);
  }

  @Test
  void of_uploadersWord_goesFirst() {
    Metadata given = Metadata.of(Map.of("weight", new MetadataValue.Whole(7)));

    DeclaredMetadata declared = declared("---\nweight: x\nowner: anna\n---\n", given);

    assertThat(declared.warnings()).isEmpty();
    assertThat(declared.metadata().values())
        .isEqualTo(
            Map.of("weight", new MetadataValue.Whole(7), "owner", new MetadataValue.Text("anna")));
  }

  @Test
  void of_moreThanMetadataMayHold_leavesOutWhatHasNoRoom() {
    DeclaredMetadata declared = declared("---\nowner: " + "x".repeat(9000) + "\nweight: 3\n---\n");

    assertThat(declared.metadata().values())
        .isEqualTo(Map.of("weight", new MetadataValue.Whole(3)));
    assertThat(declared.warnings().getFirst().message()).endsWith("owner is too large");
  }

  @Test
  void of_slip_costsItsOwnEntryOnly() {
    DeclaredMetadata yaml = declared("---\ntags: [a, b\nowner: ops: night\nweight: 3\n---\nx");

    assertThat(yaml.metadata().values())
        .isEqualTo(
            Map.of(
                "owner", new MetadataValue.Text("ops: night"),
                "weight", new MetadataValue.Whole(3)));
    assertThat(yaml.warnings())
        .containsExactly(
            new Warning(
                "FRONT_MATTER_UNREADABLE",
                "the document's front matter is no YAML, and left out: tags"));

    DeclaredMetadata toml = declared("+++\nowner = no quotes\nweight = 3\n+++\nx");
    assertThat(toml.metadata().isEmpty()).isTrue();
    assertThat(toml.warnings())
        .extracting(Warning::code)
        .containsExactly("FRONT_MATTER_UNREADABLE");
  }

  @Test
  void of_noFrontMatter_saysNothing() {
    assertThat(declared("# A\n\nowner: anna\n"))
        .isEqualTo(new DeclaredMetadata(Metadata.EMPTY, List.of()));
    assertThat(declared("---\nowner:\ntags: []\n---\n").metadata().values())
        .isEqualTo(Map.of("tags", new MetadataValue.Texts(List.of())));
  }
}
