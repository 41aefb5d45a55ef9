package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "guide~start.md", "mit Leerzeichen.md", "100%25.md", "日本語.md", "a:b"})
  void document_anyId_comesBackUnchanged(String id) {
    String name = Names.document("c-1", id);

    assertThat(name).isEqualTo("corpora/c-1/documents/" + id);
    assertThat(Names.isDocument(name)).isTrue();
    assertThat(Names.documentId(name)).isEqualTo(id);
    assertThat(Names.corpusId(name)).isEqualTo("c-1");
  }

  @Test
  void documentId_nameOfAChunk_isTheDocuments() {
    assertThat(Names.documentId("corpora/c/documents/d/chunks/7")).isEqualTo("d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "/"})
  void corpus_idThatChangesTheStructure_isRefused(String id) {
    assertThatThrownBy(() -> Names.corpus(id)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Names.document("c", id)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c", "corpora/", "documents/c"})
  void corpusId_otherForm_isRefused(String name) {
    assertThat(Names.isCorpus(name)).isFalse();
    assertThatThrownBy(() -> Names.corpusId(name)).isInstanceOf(IllegalArgumentException.class);
  }
}
