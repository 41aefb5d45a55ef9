package dev.ragline.answering;

import dev.ragline.document.CorpusId;
import java.util.UUID;

/** An answer's name: its corpus and a random UUID (RFC 9562, version 4). */
public record AnswerId(CorpusId corpus, UUID value) {
  /** A new name. */
  public static AnswerId random(CorpusId corpus) {
    return new AnswerId(corpus, UUID.randomUUID());
  }

  /** The resource name, {@code corpora/{corpus}/answers/{answer}}. */
  public String resourceName() {
    return corpus.resourceName() + "/answers/" + value;
  }
}
