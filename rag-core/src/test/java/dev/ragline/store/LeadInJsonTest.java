package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.ByteRange;
import dev.ragline.document.LeadIn;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeadInJsonTest {
  @ParameterizedTest
  @EnumSource(LeadIn.Kind.class)
  void read_whatWasWritten_isTheSame(LeadIn.Kind kind) throws IOException {
    LeadIn leadIn = new LeadIn(kind, 7, new ByteRange(3, 1L << 40), "\"Größe\" | 😀\\:");
    assertThat(LeadInJson.read(LeadInJson.write(leadIn))).contains(leadIn);
  }

  @Test
  void read_kindOfALaterVersion_isNone() throws IOException {
    String json = "{\"kind\":\"CAPTION\",\"chunk\":\"first\"}";
    assertThat(LeadInJson.read(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"ITEM\"}",
        "{\"kind\":\"ITEM\",\"chunk\":\"1\",\"start\":0,\"end\":1,\"text\":\"a\"}",
        "{\"kind\":\"ITEM\",\"chunk\":1,\"start\":2,\"end\":1,\"text\":\"a\"}",
        "{\"kind\":\"ITEM\",\"chunk\":1,\"start\":0,\"end\":1,\"text\":5}",
        "{\"kind\":"
      })
  void read_whatIsNone_fails(String json) {
    assertThatThrownBy(() -> LeadInJson.read(json)).isInstanceOf(IOException.class);
  }
}
