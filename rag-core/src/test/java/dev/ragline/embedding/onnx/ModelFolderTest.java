package dev.ragline.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ragline.embedding.Vectors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ModelFolderTest {
  private static final String POOLING = "1_Pooling/config.json";

  @SuppressWarnings("NullAway.Init") // made before each test
  private TinyFolder folder;

  @BeforeEach
  void write(@TempDir Path place) {
    folder = new TinyFolder(place);
    folder.with("model.onnx", TinyFolder.usual());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'embedding_dimension': 4, 'pooling_mode': 'cls', 'include_prompt': true}",
        "{'pooling_mode': ['cls']}",
        "{'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': false}",
      })
  void open_clsPooling_givesTheFirstTokensVector(String config) {
    folder.with(POOLING, config);
    TinyFolder.assertClose(folder.embed(), Vectors.normalize(TinyFolder.rows()[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'pooling_mode': 'mean'}",
        "{'pooling_mode': 'mean_sqrt_len_tokens'}",
        "{'pooling_mode_mean_tokens': true}",
        "{'pooling_mode_mean_sqrt_len_tokens': true}",
        "{'word_embedding_dimension': 4}",
      })
  void open_meanPooling_givesTheMean(String config) {
    folder.with(POOLING, config);
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'pooling_mode': 'lasttoken'}", "{'pooling_mode_lasttoken': true}"})
  void open_lastTokenPooling_givesTheLastTokensVector(String config) {
    folder.with(POOLING, config);
    TinyFolder.assertClose(folder.embed(), Vectors.normalize(List.of(TinyFolder.rows()).getLast()));
  }

  @Test
  void open_maxPooling_givesTheLargestComponents() {
    folder.with(POOLING, "{'pooling_mode': 'max'}");
    float[] max = {-1, -1, -1, -1};
    for (float[] row : TinyFolder.rows()) {
      for (int d = 0; d < max.length; d++) {
        max[d] = Math.max(max[d], row[d]);
      }
    }
    TinyFolder.assertClose(folder.embed(), Vectors.normalize(max));
  }

  @Test
  void open_vectorsThatAreToBeShortened_isRefused() {
    folder.with("config_sentence_transformers.json", "{'truncate_dim': 16}");
    folder.assertRefused("config_sentence_transformers.json says truncate_dim 16");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'pooling_mode': 'weightedmean'} | weightedmean",
        "{'pooling_mode': 7} | 7",
        "{'pooling_mode': ['cls', 'mean']} | [cls, mean]",
        "{'pooling_mode_weightedmean_tokens': true} | weightedmean_tokens",
        "{'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': true} | [cls_token,"
            + " mean_tokens]",
        "{'pooling_mode_mean_tokens': false} | []",
      })
  void open_otherPooling_isRefusedByFileAndValue(String config, String value) {
    folder.with(POOLING, config);
    folder.assertRefused("embedding", POOLING, value);
  }

  @Test
  void open_poolingWithoutThePrompt_isRefusedWhereThereIsOne() {
    folder.with(POOLING, "{'pooling_mode': 'mean', 'include_prompt': false}");
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
    folder.with("config_sentence_transformers.json", "{'prompts': {'query': 'Find: '}}");
    folder.assertRefused(POOLING, "include_prompt");
  }

  @Test
  void open_nothingAboutPooling_saysWhatIsAssumed() {
    Logger logger = (Logger) LoggerFactory.getLogger(PooledGraph.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(line -> assertThat(line).contains("mean is assumed"));
  }

  @Test
  void open_modulesThatAreRead_areFollowed() {
    folder
        .with("2_Pool/config.json", "{'pooling_mode': 'cls'}")
        .with(
            "modules.json",
            """
            [{'path': '', 'type': 'sentence_transformers.models.Transformer'},
             {'path': '2_Pool', 'type': 'sentence_transformers.some.new.place.Pooling'},
             {'path': '3_Normalize', 'type': 'sentence_transformers.models.Normalize'}]\
            """);
    TinyFolder.assertClose(folder.embed(), Vectors.normalize(TinyFolder.rows()[0]));
  }

  @Test
  void open_otherModule_isRefusedByName() {
    folder.with(
        "modules.json",
        """
        [{'path': '', 'type': 'sentence_transformers.models.Transformer'},
         {'path': '1_Pooling', 'type': 'sentence_transformers.models.Pooling'},
         {'path': '2_Dense', 'type': 'sentence_transformers.models.Dense'}]\
        """);
    folder.assertRefused("modules.json", "'Dense'");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "sentence_bert_config.json | {'max_seq_length': 100} | 100",
        "sentence_bert_config.json | {'max_seq_length': null} | 512",
        "sentence_roberta_config.json | {'max_seq_length': 100} | 100",
        "tokenizer_config.json | {'model_max_length': 120} | 120",
        "tokenizer_config.json | {'model_max_length': 1000000000000000019884624838656} | 512",
        "config.json | {'model_type': 'bert', 'max_position_embeddings': 130} | 130",
        "config.json | {'model_type': 'roberta', 'max_position_embeddings': 130} | 128",
        "config.json | {'model_type': 'mpnet', 'max_position_embeddings': 514, 'pad_token_id': 1} |"
            + " 512",
        "config.json | {'n_positions': 64} | 64",
      })
  void open_limitOfTokens_isRead(String file, String config, int tokens) {
    assertThat(folder.with(file, config).maxTokens()).isEqualTo(tokens);
  }

  @Test
  void open_severalLimits_takesTheSmallest() {
    folder
        .with("sentence_bert_config.json", "{'max_seq_length': 256}")
        .with("tokenizer_config.json", "{'model_max_length': 512}")
        .with("config.json", "{'model_type': 'roberta', 'max_position_embeddings': 130}");
    assertThat(folder.maxTokens()).isEqualTo(128);
  }

  @Test
  void open_fewerPositionsThanTheFilesSay_isRefused() {
    folder.with("model.onnx", TinyFolder.withPositions(130));
    folder.assertRefused("reads 512 tokens at once", "fails at 512");
    folder.with("config.json", "{'model_type': 'bert', 'max_position_embeddings': 130}");
    assertThat(folder.maxTokens()).isEqualTo(130);
  }

  @Test
  void open_noRoomBesideThePrompt_isRefused() {
    folder
        .with("config_sentence_transformers.json", "{'prompts': {'query': 'one two three '}}")
        .with("config.json", "{'max_position_embeddings': 5}");
    folder.assertRefused("of the 5 tokens");
    folder.with("config.json", "{'max_position_embeddings': 2}");
    folder.assertRefused("of the 2 tokens");
  }
}
