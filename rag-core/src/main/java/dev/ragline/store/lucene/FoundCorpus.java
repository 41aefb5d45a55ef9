package dev.ragline.store.lucene;

import dev.ragline.document.CorpusId;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.KeptSettings;
import org.jspecify.annotations.Nullable;

/**
 * A corpus's folder as it was found: with its settings, or why they cannot be read.
 *
 * @param settings null with a fault
 * @param fault null with settings
 */
record FoundCorpus(CorpusId id, @Nullable KeptSettings settings, @Nullable CorpusFault fault) {}
