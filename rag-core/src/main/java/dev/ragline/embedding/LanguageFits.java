package dev.ragline.embedding;

import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.document.Language;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what a model knows of a language once, when a question in it is first asked. Safe for
 * many threads.
 */
public final class LanguageFits {
  /** Twice what it may take of a call's time where the model is behind a network. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** After a failure, so long is the model taken for what its vocabulary says. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(LanguageFits.class);

  private record Key(String fingerprint, Language language) {}

  /** Empty for a language without a probe. */
  private final Map<Key, Optional<LanguageFit>> measured = new ConcurrentHashMap<>();

  private final Map<Key, Long> failed = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  public LanguageFits() {
    this(System::nanoTime);
  }

  LanguageFits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * What a model knows of a language; empty where there is no probe of it, or where the model did
   * not answer and should be left in peace for a while. Two threads that need it first may both
   * measure it, to the same end.
   *
   * @throws RagException DEADLINE_EXCEEDED or CANCELLED where that is so of the call itself
   */
  public Optional<LanguageFit> of(Embedder embedder, Language language, Call call) {
    Key key = new Key(embedder.model().fingerprint(), language);
    Optional<LanguageFit> known = measured.get(key);
    if (known != null) {
      return known;
    }
    Long before = failed.get(key);
    if (before != null && nanoTime.getAsLong() - before < PAUSE.toNanos()) {
      return Optional.empty();
    }
    Optional<LanguageProbe> probe = LanguageProbe.of(language);
    if (probe.isEmpty()) {
      measured.put(key, Optional.empty());
      return Optional.empty();
    }
    return measure(embedder, key, probe.get(), call);
  }

  private Optional<LanguageFit> measure(
      Embedder embedder, Key key, LanguageProbe probe, Call call) {
    try {
      // That a question is the first is not its fault.
      Call own = call.countedBy(Meter.NONE);
      Duration half = call.remaining(LONGEST).dividedBy(2);
      Call limited = embedder.computesHere() ? own : own.atMost(half);
      Optional<LanguageFit> fit = Optional.of(LanguageFit.measure(embedder, probe, limited));
      measured.put(key, fit);
      failed.remove(key);
      return fit;
    } catch (RagException e) {
      call.check("embed");
      failed.put(key, nanoTime.getAsLong());
      log.warn(
          "what {} knows of the language {} could not be measured: {}",
          embedder.model().name(),
          key.language(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
