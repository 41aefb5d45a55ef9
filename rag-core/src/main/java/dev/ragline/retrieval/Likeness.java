package dev.ragline.retrieval;

/**
 * How the best passages for a question are like it; each the highest of any of them.
 *
 * @param known 0…1, how much of the question the embedding model knows; 0 in a search by words
 * @param english whether the question may be in English, as far as the passages' languages tell
 * @param sentence nearness of the question and the nearest sentence by {@link CosineScale}: about 1
 *     for an answer, 0 for strangers and in a search by words
 * @param phrases share of the question's phrases that a passage has, 0…1
 * @param sentenceWords share of the question's content words that a sentence has, 0…1
 * @param passageWords the same for a whole passage, with its headings
 * @param pieces share of the question's words that a sentence has, whatever their endings, 0…1
 * @param words how many content words the question has
 * @param chunks how many chunks the corpus has: among more, more are alike by chance
 */
public record Likeness(
    double known,
    boolean english,
    double sentence,
    double phrases,
    double sentenceWords,
    double passageWords,
    double pieces,
    int words,
    long chunks) {}
