package dev.ragline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreConfigTest {
  private static StoreConfig load(Map<String, String> flags) {
    return ConfigLoader.load(null, Map.of(), flags).store();
  }

  private static StoreConfig loadWith(String address, String key, String value) {
    Map<String, String> flags = new HashMap<>(Map.of("store.address", address));
    flags.put(key, value);
    return load(flags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"./data", "/var/lib/rag", "C:\\rag", "milvus", "a:b"})
  void address_folder_isNotRemote(String address) {
    assertThat(load(Map.of("store.address", address)).remote()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:19530",
        "http://10.0.0.1",
        "http://[::1]:19530/",
        "https://in01-x.aws.zillizcloud.com:19530"
      })
  void address_ofMilvus_isRemote(String address) {
    assertThat(load(Map.of("store.address", address)).remote()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://localhost:19530",
        "http://",
        "http:///x",
        "http://host/database",
        "http://host?x=1",
        "http://ho st:1"
      })
  void address_neitherFolderNorMilvus_isRefused(String address) {
    assertThatThrownBy(() -> load(Map.of("store.address", address)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "store.address is neither a folder nor an address such as http://localhost:19530");
  }

  @Test
  void address_withUser_isRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> load(Map.of("store.address", "http://root:hush@host:19530")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("store.address holds a user; say it by store.token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store.token | t",
        "store.database | d",
        "store.ca-file | f",
        "store.call-seconds | 5",
        "store.index | HNSW",
        "store.replicas | 2"
      })
  void folder_keyOfMilvus_isRefused(String key, String value) {
    assertThatThrownBy(() -> loadWith("./data", key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key + " is for ")
        .hasMessageMatching(".* is for (Milvus only, but .* the folder ./data|https:// only)");
  }

  @Test
  void folder_usualValueOfAKeyOfMilvus_isFine() {
    assertThat(loadWith("./data", "store.database", "default")).isEqualTo(StoreConfig.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca-file", "cert-file", "key-file", "server-name"})
  void plaintext_tlsSetting_isRefused(String name) {
    assertThatThrownBy(() -> loadWith("http://host", "store." + name, "x"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("store." + name + " is for https:// only");
  }

  @Test
  void tls_certificateOrKeyAlone_isRefused() {
    assertThatThrownBy(() -> loadWith("https://host", "store.cert-file", "x"))
        .hasMessage("store.cert-file wants store.key-file");
    assertThatThrownBy(() -> loadWith("https://host", "store.key-file", "x"))
        .hasMessage("store.key-file wants store.cert-file");
  }

  @Test
  void tls_certificateWithoutAuthority_isRefused() {
    Map<String, String> flags =
        Map.of("store.address", "https://host", "store.cert-file", "c", "store.key-file", "k");
    assertThatThrownBy(() -> load(flags)).hasMessage("store.cert-file wants store.ca-file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "database | '' | is empty",
        "connect-seconds | 0 | is less than 1",
        "call-seconds | 0 | is less than 1",
        "prefix | 1a | is not 1 to 32 letters",
        "prefix | '' | is not 1 to 32 letters",
        "prefix | a-b | is not 1 to 32 letters",
        "index | hnsw | is not one of AUTOINDEX, FLAT",
        "index-params | M | : 'M' is not of the form name=value",
        "index-params | M=1, | : '' is not of the form name=value",
        "search-params | ef=1,ef=2 | has ef twice",
        "retain-seconds | 9 | is less than 10",
        "abandoned-seconds | 0 | is less than 1",
        "abandoned-seconds | 600 | is not more than server.max-call-seconds",
        "shards | 0 | is less than 1",
        "replicas | 0 | is less than 1"
      })
  void milvus_valueThatMakesNoSense_saysWhy(String key, String value, String problem) {
    assertThatThrownBy(() -> loadWith("http://host", "store." + key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("store." + key)
        .hasMessageContaining(problem);
  }

  @Test
  void parameters_severalWithSpaces_areReadInOrder() {
    StoreConfig config =
        loadWith("http://host", "store.index-params", " M=16, efConstruction = 200,x=0.5");
    assertThat(config.indexParameters().toString()).isEqualTo("{M=16, efConstruction=200, x=0.5}");
    assertThat(config.searchParameters()).isEmpty();
  }
}
