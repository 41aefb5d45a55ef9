package dev.ragline.retrieval;

import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of all candidates.
 *
 * @param choices those that become passages, in order
 * @param dropped the others, in the order in which they were come by
 */
record Chosen(List<Choice> choices, List<Dropped> dropped) {
  Chosen {
    choices = List.copyOf(choices);
    dropped = List.copyOf(dropped);
  }

  /** A candidate that becomes a passage. */
  record Choice(
      FusedCandidate candidate,
      Document document,
      List<ChunkId> collapsed,
      @Nullable ExpandedText expanded) {
    Choice {
      collapsed = List.copyOf(collapsed);
    }
  }

  List<Passage> passages() {
    List<Passage> passages = new ArrayList<>(choices.size());
    for (Choice choice : choices) {
      FusedCandidate candidate = choice.candidate();
      passages.add(
          new Passage(
              passages.size() + 1,
              candidate.chunk(),
              choice.document(),
              candidate.scores(),
              choice.collapsed(),
              choice.expanded()));
    }
    return passages;
  }

  /** How many were chosen, how many not and why, for people. */
  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(choices.size()).append(" of ").append(choices.size() + dropped.size());
    Map<DropReason, Integer> counts = new EnumMap<>(DropReason.class);
    dropped.forEach(one -> counts.merge(one.reason(), 1, Integer::sum));
    counts.forEach(
        (reason, count) ->
            text.append(", ")
                .append(count)
                .append(' ')
                .append(reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    long expanded = choices.stream().filter(choice -> choice.expanded() != null).count();
    return expanded == 0
        ? text.toString()
        : text.append(", ").append(expanded + " expanded").toString();
  }
}
