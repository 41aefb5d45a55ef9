package dev.ragline.evaluation;

import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Warning;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks for the places that questions expect, since a name with a slip in it looks like a miss in
 * every figure.
 */
final class ExpectedPlaces {
  private static final int NAMED = 5;
  private static final int PAGE = 200;

  private final CorpusSnapshot corpus;
  private final Call call;

  /** Questions that expect what is not there, by what that is. */
  private final Map<String, Set<Integer>> documents = new LinkedHashMap<>();

  private final Map<String, Set<Integer>> sections = new LinkedHashMap<>();

  private ExpectedPlaces(CorpusSnapshot corpus, Call call) {
    this.corpus = corpus;
    this.call = call;
  }

  /** Warns of documents and sections that are expected and not in the corpus. */
  static List<Warning> missing(
      ChunkStore store, EvaluationPlan plan, Freshness freshness, Call call) {
    Map<DocumentId, Set<Expected>> expected = byDocument(plan.questions());
    if (expected.isEmpty()) {
      return List.of();
    }
    try (CorpusSnapshot corpus = store.snapshot(plan.corpus(), freshness, call)) {
      ExpectedPlaces places = new ExpectedPlaces(corpus, call);
      expected.forEach((document, ofOne) -> places.look(document, ofOne, plan.questions()));
      return places.warnings();
    }
  }

  private static Map<DocumentId, Set<Expected>> byDocument(List<Question> questions) {
    Map<DocumentId, Set<Expected>> byDocument = new TreeMap<>();
    for (Question question : questions) {
      for (Expected place : question.expected()) {
        DocumentId document = place.document();
        if (document != null) {
          byDocument.computeIfAbsent(document, _ -> new LinkedHashSet<>()).add(place);
        }
      }
    }
    return byDocument;
  }

  private void look(DocumentId id, Set<Expected> places, List<Question> questions) {
    call.check("look for what is expected");
    Optional<Document> document = corpus.document(id);
    if (document.isEmpty()) {
      documents.put(id.value(), asking(questions, places));
      return;
    }
    Set<Expected> unseen =
        places.stream()
            .filter(place -> !place.section().isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    int next = 0;
    while (!unseen.isEmpty() && next < document.get().chunkCount()) {
      call.check("look for what is expected");
      List<Chunk> chunks = corpus.chunks(id, next, PAGE);
      if (chunks.isEmpty()) {
        break;
      }
      String title = document.get().title();
      unseen.removeIf(p -> chunks.stream().anyMatch(chunk -> p.isInSection(chunk, title)));
      next += chunks.size();
    }
    unseen.stream()
        .collect(Collectors.groupingBy(Expected::section, LinkedHashMap::new, Collectors.toSet()))
        .forEach((name, ofOne) -> sections.put(id.value() + "#" + name, asking(questions, ofOne)));
  }

  private static Set<Integer> asking(List<Question> questions, Set<Expected> places) {
    return IntStream.range(0, questions.size())
        .filter(i -> questions.get(i).expected().stream().anyMatch(places::contains))
        .boxed()
        .collect(Collectors.toSet());
  }

  private List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    if (!documents.isEmpty()) {
      warnings.add(new Warning("EXPECTED_DOCUMENT_MISSING", message("documents", documents)));
    }
    if (!sections.isEmpty()) {
      warnings.add(new Warning("EXPECTED_SECTION_MISSING", message("sections", sections)));
    }
    return warnings;
  }

  private static String message(String what, Map<String, Set<Integer>> missing) {
    long questions = missing.values().stream().flatMap(Set::stream).distinct().count();
    return "expected %s that are not in the corpus: %s%s (of %s)"
        .formatted(
            what,
            missing.keySet().stream().limit(NAMED).collect(Collectors.joining(", ")),
            missing.size() > NAMED ? " and %d more".formatted(missing.size() - NAMED) : "",
            questions == 1 ? "1 question" : questions + " questions");
  }
}
