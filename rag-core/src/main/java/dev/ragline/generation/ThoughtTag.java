package dev.ragline.generation;

import java.util.List;

/** What stands around a model's thoughts where the endpoint leaves them in the text. */
record ThoughtTag(String open, String close) {
  /** Of blocks at the beginning of a text, or of a line further on. */
  static final List<ThoughtTag> BLOCKS =
      List.of(
          new ThoughtTag("<think>", "</think>"),
          new ThoughtTag("<thinking>", "</thinking>"),
          new ThoughtTag("<seed:think>", "</seed:think>"),
          new ThoughtTag("◁think▷", "◁/think▷"),
          new ThoughtTag("[THINK]", "[/THINK]"));
}
