package dev.ragline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataSchemaTest {
  private static final MetadataField TEAM = new MetadataField("team", MetadataType.STRING);
  private static final MetadataField YEAR = new MetadataField("year", MetadataType.INT);
  private static final MetadataField PRICE = new MetadataField("price", MetadataType.DOUBLE);
  private static final MetadataField DUE = new MetadataField("due", MetadataType.TIMESTAMP);
  private static final MetadataField TAGS = new MetadataField("tags", MetadataType.STRING_LIST);
  private static final MetadataSchema SCHEMA =
      MetadataSchema.of(List.of(TEAM, YEAR, PRICE, DUE, TAGS));

  private static @Nullable MetadataValue typed(String name, MetadataValue value) {
    Metadata typed = SCHEMA.typed(Metadata.of(Map.of(name, value)));
    assertThat(SCHEMA.typed(typed)).isEqualTo(typed);
    return typed.values().get(name);
  }

  private static MetadataValue.Text text(String text) {
    return new MetadataValue.Text(text);
  }

  @Test
  void typed_asJsonHasIt_becomesWhatTheSchemaSays() {
    assertThat(typed("team", text("2026"))).isEqualTo(text("2026"));
    assertThat(typed("year", new MetadataValue.Decimal(2026)))
        .isEqualTo(new MetadataValue.Whole(2026));
    assertThat(typed("price", new MetadataValue.Decimal(-0.0)))
        .isEqualTo(new MetadataValue.Decimal(0.0));
    assertThat(typed("due", text("2026-01-31T14:00:00.1234567+02:00")))
        .isEqualTo(new MetadataValue.Time(Instant.parse("2026-01-31T12:00:00.123456Z")));
    assertThat(typed("tags", new MetadataValue.Texts(List.of("a", "a"))))
        .isEqualTo(new MetadataValue.Texts(List.of("a", "a")));
  }

  @Test
  void typed_doesNotFit_namesTheField() {
    Map<String, List<MetadataValue>> unfit =
        Map.of(
            "team", List.of(new MetadataValue.Decimal(1), new MetadataValue.Texts(List.of())),
            "year",
                List.of(
                    new MetadataValue.Decimal(1.5),
                    new MetadataValue.Decimal(1e16),
                    text("1"),
                    new MetadataValue.Truth(true)),
            "price", List.of(text("1.0")),
            "due", List.of(text("2026-01-31"), text(""), new MetadataValue.Decimal(0)),
            "tags", List.of(text("a")),
            "other", List.of(text("a")));
    unfit.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    assertThatThrownBy(() -> typed(name, value))
                        .isInstanceOf(RagException.class)
                        .hasMessageStartingWith("metadata." + name + ": ")));
  }

  @Test
  void grownTo_moreFields_keepsTheOldAndTheirOrder() {
    MetadataField open = new MetadataField("open", MetadataType.BOOL);
    MetadataSchema grown = SCHEMA.grownTo(List.of(open, TAGS, DUE, PRICE, YEAR, TEAM));
    assertThat(grown.fields()).containsExactly(TEAM, YEAR, PRICE, DUE, TAGS, open);
    assertThat(grown.grownTo(grown.fields())).isEqualTo(grown);
  }

  @Test
  void grownTo_fieldMissingOrOfAnotherType_isRefused() {
    MetadataSchema schema = MetadataSchema.of(List.of(TEAM));
    assertThatThrownBy(() -> schema.grownTo(List.of(YEAR)))
        .hasMessageContaining("team stays, and stays STRING");
    assertThatThrownBy(() -> schema.grownTo(List.of(new MetadataField("team", MetadataType.INT))))
        .hasMessageContaining("team stays, and stays STRING");
    assertThatThrownBy(() -> schema.grownTo(List.of(TEAM, TEAM))).hasMessageContaining("twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a.b", "ä", "in", "true", "a\"", "_b c"})
  void field_nameThatFiltersCannotSay_isRefused(String name) {
    assertThatThrownBy(() -> new MetadataField(name, MetadataType.STRING))
        .isInstanceOf(RagException.class)
        .hasMessageStartingWith("metadata_schema: ");
  }

  @Test
  void metadata_tooMuch_isRefused() {
    assertThatThrownBy(() -> Metadata.of(Map.of("team", text("é".repeat(4096)))))
        .hasMessageStartingWith("metadata: has at most 8192 bytes");
    assertThat(Metadata.of(Map.of("team", text("é".repeat(4000)))).isEmpty()).isFalse();
  }
}
