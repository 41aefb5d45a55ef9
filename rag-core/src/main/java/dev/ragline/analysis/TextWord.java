package dev.ragline.analysis;

/**
 * A word that a text is searched by.
 *
 * @param word without a space in it
 * @param also whether it stands where another word stands too, as another way to write that, or as
 *     a part of it
 */
public record TextWord(String word, boolean also) {}
