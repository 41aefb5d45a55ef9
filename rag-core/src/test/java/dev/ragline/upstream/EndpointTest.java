package dev.ragline.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.RagException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static Endpoint endpoint(String url, String key) {
    return Endpoint.of("here", URI.create(url), "KEY", Map.of("KEY", key));
  }

  @Test
  void toString_keyPathAndQuery_areNotShown() {
    assertThat(endpoint("https://host:8443/path-token/v1?code=secret", "sk-secret"))
        .hasToString("here at https://host:8443 with a key");
    assertThat(endpoint("http://host/v1", " ")).hasToString("here at http://host without a key");
  }

  @Test
  void of_noTimeouts_takesDefaults() {
    assertThat(endpoint("http://host/v1", "k"))
        .returns(Duration.ofSeconds(10), Endpoint::connectTimeout)
        .returns(Duration.ofMinutes(2), Endpoint::silence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host/", "host/v1", "http:///v1", "http://user:hunter2@host/v1", "mailto:x"})
  void construct_badUrl_isInvalidAndShowsNothingOfIt(String url) {
    assertThatThrownBy(() -> endpoint(url, "k"))
        .isInstanceOf(RagException.class)
        .hasMessageStartingWith("url: an address ")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void parse_notAUrl_isInvalidAndShowsNothingOfIt() {
    assertThatThrownBy(() -> Endpoint.parse("http://host/ hunter2"))
        .isInstanceOf(RagException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void withTimeouts_tooShort_isInvalid() {
    Endpoint endpoint = endpoint("http://host/v1", "k");
    assertThatThrownBy(() -> endpoint.withTimeouts(Duration.ofSeconds(1), Duration.ofNanos(1)))
        .isInstanceOf(RagException.class);
  }
}
