package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.document.Document;

/**
 * A chunk that was found for a question.
 *
 * @param rank from 1
 */
public record Passage(int rank, Chunk chunk, Document document, Scores scores) {}
