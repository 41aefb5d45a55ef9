package dev.ragline.generation;

/** What a model is asked: the standing instruction and the user's turn. */
public record ChatPrompt(String system, String user) {}
