package dev.ragline.ingest;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.Sha256;
import dev.ragline.parsing.FrontMatter;
import java.util.List;

/**
 * A document that was read and cut.
 *
 * @param revision digest of its content
 * @param text all of it
 * @param chunks by ordinal
 * @param digests of what is embedded of each
 * @param frontMatter what it says of itself
 */
record Drafts(
    Sha256 revision,
    String title,
    String text,
    List<ChunkDraft> chunks,
    List<Sha256> digests,
    FrontMatter frontMatter) {}
