package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The main job by the command line, in one corpus of one server. */
record MainJob(ServerProcess server, String corpus) {
  /** Brings a folder into a new corpus, cut as the tutorial cuts it. */
  Receipt recreate(Path folder) {
    return ingest(folder, "--recreate", "--chunking", "separator", "--separator", "# ");
  }

  /** Brings a folder in; returns the receipt without its token. */
  Receipt ingest(Path folder, String... options) {
    List<String> command =
        new ArrayList<>(List.of("ingest", folder.toString(), "--corpus", corpus, "--json"));
    command.addAll(List.of(options));
    return Output.counts(server.rag(command.toArray(String[]::new)));
  }

  /** The texts of the passages found. */
  List<String> search(String question, int limit) {
    return passages(question, limit).stream().map(passage -> passage.getChunk().getText()).toList();
  }

  /** The passages found. */
  List<Passage> passages(String question, int limit, String... options) {
    List<String> command =
        new ArrayList<>(List.of("search", question, "--corpus", corpus, "--json", "--limit"));
    command.add(Integer.toString(limit));
    command.addAll(List.of(options));
    var found = server.rag(command.toArray(String[]::new));
    assertThat(found.exitCode()).as(found.err()).isZero();
    return Output.passages(found);
  }

  /** The events of an answer, to its end. */
  List<AnswerEvent> ask(String question) {
    Rag.Result result = server.rag("ask", question, "--corpus", corpus, "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return Output.events(result);
  }

  /** An answer whose stream keeps the laws and whose citations hold. */
  Answer checkedAnswer(RagClient client, String question) {
    Answer answer = StreamLaws.checkWhole(ask(question));
    assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
    assertThat(Citations.check(client, answer)).isNotEmpty();
    return answer;
  }

  /** A receipt without its token. */
  static Receipt receipt(int added, int changed, int unchanged, int removed, int embedded) {
    return Receipt.newBuilder()
        .setAdded(added)
        .setChanged(changed)
        .setUnchanged(unchanged)
        .setRemoved(removed)
        .setEmbedded(embedded)
        .build();
  }
}
