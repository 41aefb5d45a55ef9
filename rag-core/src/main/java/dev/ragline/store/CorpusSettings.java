package dev.ragline.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.Language;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.Metric;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A corpus's settings as every store keeps them, in JSON.
 *
 * @param version {@link #VERSION}; absent in the first, before there were versions
 */
public record CorpusSettings(
    @Nullable Integer version,
    String id,
    String displayName,
    ModelPart embeddingModel,
    Metric metric,
    ChunkingPart chunking,
    @Nullable Consistency consistency,
    @Nullable String language,
    String createTime,
    String etag,
    @Nullable List<FieldPart> metadataSchema,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GenerationPart generation,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GroundingPart grounding) {
  /** Stands for a language that is found out of each document. */
  private static final String AUTO = "auto";

  /**
   * What a reader must know to understand the settings. Fields that it may pass over are added
   * without a new version; what it would misunderstand takes one.
   */
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** What vectors the corpus holds. */
  public record ModelPart(String name, String fingerprint, int dimension, int maxTokens) {}

  /** When questions are answered; absent where the corpus does not say. */
  public record GroundingPart(double threshold) {}

  /** A field that documents may have. */
  public record FieldPart(String name, MetadataType type) {}

  /** One strategy by its name, with the settings that it has. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ChunkingPart(
      String strategy,
      @Nullable Integer maxTokens,
      @Nullable Integer overlapTokens,
      @Nullable String separator) {

    static ChunkingPart of(Chunking chunking) {
      return switch (chunking) {
        case Chunking.Structure it -> new ChunkingPart("structure", it.maxTokens(), null, null);
        case Chunking.Fixed it ->
            new ChunkingPart("fixed", it.maxTokens(), it.overlapTokens(), null);
        case Chunking.Separator it -> new ChunkingPart("separator", null, null, it.separator());
      };
    }

    Chunking toChunking() throws IOException {
      return switch (strategy) {
        case "structure" -> new Chunking.Structure(present(maxTokens));
        case "fixed" -> new Chunking.Fixed(present(maxTokens), present(overlapTokens));
        case "separator" -> new Chunking.Separator(present(separator));
        default -> throw new IOException("unknown chunking strategy");
      };
    }

    private static <T> T present(@Nullable T value) throws IOException {
      if (value == null) {
        throw new IOException("a setting of the chunking is missing");
      }
      return value;
    }
  }

  /** The settings as JSON. */
  public static byte[] write(Corpus corpus) {
    return bytes(json(corpus));
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree always has a JSON form", e);
    }
  }

  static ObjectNode json(Corpus corpus) {
    EmbeddingModel model = corpus.embeddingModel();
    CorpusSettings file =
        new CorpusSettings(
            VERSION,
            corpus.id().value(),
            corpus.displayName(),
            new ModelPart(model.name(), model.fingerprint(), model.dimension(), model.maxTokens()),
            corpus.metric(),
            ChunkingPart.of(corpus.chunking()),
            corpus.consistency(),
            corpus.language() == null ? AUTO : corpus.language().tag(),
            corpus.createTime().toString(),
            corpus.etag(),
            fields(corpus.metadataSchema()),
            GenerationPart.of(corpus.generation()),
            grounding(corpus.grounding()));
    return JSON.valueToTree(file);
  }

  /**
   * Reads settings.
   *
   * @throws LaterVersionException when a later version wrote them in another way
   * @throws IOException when they are not what {@link #write} makes
   */
  public static Corpus read(byte[] json) throws IOException {
    return read(tree(json));
  }

  static JsonNode tree(byte[] json) throws IOException {
    JsonNode tree = JSON.readTree(json);
    if (tree == null) {
      throw new IOException("the settings are empty");
    }
    return tree;
  }

  static Corpus read(JsonNode json) throws IOException {
    int version = json.path("version").asInt(VERSION);
    if (version > VERSION) {
      throw new LaterVersionException("settings", version, VERSION);
    }
    try {
      CorpusSettings file = JSON.treeToValue(json, CorpusSettings.class);
      ModelPart model = file.embeddingModel;
      return new Corpus(
          new CorpusId(file.id),
          file.displayName,
          new EmbeddingModel(
              model.name(), model.fingerprint(), model.dimension(), model.maxTokens()),
          file.metric,
          file.chunking.toChunking(),
          file.consistency == null ? Consistency.SESSION : file.consistency,
          language(file.language),
          Instant.parse(file.createTime),
          file.etag,
          schema(file.metadataSchema),
          file.generation == null ? GenerationSettings.NONE : file.generation.toSettings(),
          new GroundingSettings(file.grounding == null ? null : file.grounding.threshold));
    } catch (RuntimeException e) {
      throw new IOException("the settings are broken", e);
    }
  }

  private static @Nullable GroundingPart grounding(GroundingSettings settings) {
    Double threshold = settings.threshold();
    return threshold == null ? null : new GroundingPart(threshold);
  }

  private static @Nullable List<FieldPart> fields(MetadataSchema schema) {
    return schema.filterable()
        ? schema.fields().stream().map(f -> new FieldPart(f.name(), f.type())).toList()
        : null;
  }

  private static MetadataSchema schema(@Nullable List<FieldPart> fields) {
    return fields == null
        ? MetadataSchema.BEFORE_FILTERS
        : MetadataSchema.of(fields.stream().map(f -> new MetadataField(f.name, f.type)).toList());
  }

  /** Before there were languages, all texts were taken for English. */
  private static @Nullable Language language(@Nullable String written) {
    if (written == null) {
      return Language.ENGLISH;
    }
    return written.equals(AUTO) ? null : new Language(written);
  }
}
