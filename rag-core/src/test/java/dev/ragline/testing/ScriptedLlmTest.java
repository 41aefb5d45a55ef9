package dev.ragline.testing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Talks to a scripted server in another process, the same for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ScriptedLlmTest {
  @SuppressWarnings("NullAway.Init") // started before any test
  protected ScriptedLlmProcess llm;

  @BeforeAll
  void startLlm() {
    llm = ScriptedLlmProcess.start();
  }

  @AfterAll
  void stopLlm() {
    llm.close();
  }

  @BeforeEach
  void resetLlm() {
    llm.reset();
  }
}
