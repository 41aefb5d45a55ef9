package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.embedding.Embedder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures each embedding model once, when it is first needed. Safe for many threads. */
final class CosineScales {
  private final Map<String, CosineScale> byFingerprint = new ConcurrentHashMap<>();

  /** A model's scale; two threads that need it first may both measure it, to the same end. */
  CosineScale of(Embedder embedder, Call call) {
    String fingerprint = embedder.model().fingerprint();
    CosineScale known = byFingerprint.get(fingerprint);
    if (known != null) {
      return known;
    }
    // That a question is the first is not its fault.
    CosineScale measured = CosineScale.of(embedder, call.countedBy(Meter.NONE));
    byFingerprint.put(fingerprint, measured);
    return measured;
  }
}
