package dev.ragline.retrieval;

import dev.ragline.presence.Lack;

/**
 * How one passage is like a question.
 *
 * @param nearness of the question and the passage, or its nearest sentence, by {@link CosineScale}:
 *     about 1 for an answer, 0 for strangers and in a search by words
 * @param phrases share of the question's phrases that the passage has, 0…1
 * @param sentenceWords share of the question's content words that one of its sentences has, 0…1
 * @param passageWords the same for the whole passage, with its headings
 * @param rareWords the same for the passage, words that few of the best passages have counting more
 * @param pieces share of the question's words that one of its sentences has, whatever their
 *     endings, 0…1
 * @param lack what of the question it lacks
 */
public record PassageLikeness(
    double nearness,
    double phrases,
    double sentenceWords,
    double passageWords,
    double rareWords,
    double pieces,
    Lack lack) {}
