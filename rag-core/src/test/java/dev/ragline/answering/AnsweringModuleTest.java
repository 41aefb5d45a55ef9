package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import dev.ragline.answering.extractive.ExtractiveAnsweringModule;
import dev.ragline.answering.grounded.GroundedAnsweringModule;
import dev.ragline.embedding.Embedder;
import dev.ragline.generation.ChatModel;
import dev.ragline.retrieval.Retriever;
import dev.ragline.testing.FakeChatModel;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.FakeRetriever;
import org.junit.jupiter.api.Test;

class AnsweringModuleTest {
  private static final Module PORTS =
      new AbstractModule() {
        @Override
        protected void configure() {
          bind(Retriever.class).toInstance(FakeRetriever.ofEmptyCorpus());
          bind(ChatModel.class).toInstance(FakeChatModel.saying("hello"));
          bind(Embedder.class).toInstance(new FakeEmbedder());
        }
      };

  @Test
  void answerer_grounded_writesWithTheChatModel() {
    Injector injector =
        Guice.createInjector(PORTS, new AnsweringModule(), new GroundedAnsweringModule());
    assertThat(injector.getInstance(Answerer.class)).isSameAs(injector.getInstance(Answerer.class));
    assertThat(injector.getInstance(AnswerWriter.class).name()).isEqualTo(FakeChatModel.NAME);
  }

  @Test
  void answerer_extractive_quotes() {
    Injector injector =
        Guice.createInjector(PORTS, new AnsweringModule(), new ExtractiveAnsweringModule());
    assertThat(injector.getInstance(Answerer.class)).isNotNull();
    assertThat(injector.getInstance(AnswerWriter.class).name()).isEqualTo("extractive");
  }
}
