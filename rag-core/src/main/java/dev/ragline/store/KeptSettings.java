package dev.ragline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.document.Corpus;
import java.io.IOException;

/**
 * A corpus's settings together with their JSON form, which may hold more: what a later version
 * added stays when this version changes the settings. Immutable; the JSON is not to be changed.
 */
public record KeptSettings(Corpus corpus, JsonNode json) {
  /** Settings of a new corpus. */
  public static KeptSettings of(Corpus corpus) {
    return new KeptSettings(corpus, CorpusSettings.json(corpus));
  }

  /**
   * Reads settings.
   *
   * @throws LaterVersionException when a later version wrote them in another way
   * @throws IOException when they are broken
   */
  public static KeptSettings read(byte[] json) throws IOException {
    return of(CorpusSettings.tree(json));
  }

  /** The same of JSON that is parsed already. */
  public static KeptSettings of(JsonNode json) throws IOException {
    return new KeptSettings(CorpusSettings.read(json), json);
  }

  /** The settings after a change. */
  public KeptSettings with(Corpus changed) {
    ObjectNode now = CorpusSettings.json(changed);
    return new KeptSettings(changed, KeptFields.over(json, now, CorpusSettings.class));
  }

  /** As they are written. */
  public byte[] bytes() {
    return CorpusSettings.bytes(json);
  }
}
