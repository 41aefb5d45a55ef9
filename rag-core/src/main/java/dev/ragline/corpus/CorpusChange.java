package dev.ragline.corpus;

import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.MetadataField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be another way about a corpus; null keeps what is.
 *
 * @param displayName what people call it
 * @param metadataFields all that it has and new ones
 * @param generation how answers are written that do not say so themselves
 * @param grounding when questions are answered
 */
public record CorpusChange(
    @Nullable String displayName,
    @Nullable List<MetadataField> metadataFields,
    @Nullable GenerationSettings generation,
    @Nullable GroundingSettings grounding) {
  public CorpusChange {
    metadataFields = metadataFields == null ? null : List.copyOf(metadataFields);
  }

  /** Another display name. */
  public static CorpusChange displayName(String name) {
    return new CorpusChange(name, null, null, null);
  }
}
