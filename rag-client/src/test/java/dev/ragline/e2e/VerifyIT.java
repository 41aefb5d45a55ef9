package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.RagClient;
import dev.ragline.client.verification.AnswerVerifier;
import dev.ragline.client.verification.Finding;
import dev.ragline.client.verification.Finding.Kind;
import dev.ragline.client.verification.Verification;
import dev.ragline.e2e.AnswerMutations.Mutation;
import dev.ragline.e2e.AnswerMutations.Part;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Citation;
import dev.ragline.v1.UploadHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Saved answers checked against a real server: whole ones, and a thousand that were changed. */
class VerifyIT {
  private static final int MUTATIONS = 1000;
  private static final long SEED = 20261121;
  private static final String TEXT =
      "Über backups: they go to the cold bucket in Oulu [1]. They stay for 30 days [1].";

  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  @BeforeEach
  void answer() {
    setup.llm().answer(TEXT);
  }

  @Test
  void verify_savedStream_holdsAndChangesAreListed() throws Exception {
    try (ServerProcess server = setup.serve("ok")) {
      var asked = server.rag("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS, "--json");
      assertThat(asked.exitCode()).as(asked.err()).isZero();
      Path saved = Files.writeString(setup.folder().resolve("answer.json"), asked.out());

      var verified = server.rag("verify", saved.toString());
      assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
      assertThat(verified.out()).contains("2 citations and ", "everything holds");

      Path changed =
          Files.writeString(
              setup.folder().resolve("changed.json"), asked.out().replace("30 days", "90 days"));
      var refused = server.rag("verify", changed.toString());
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out())
          .contains("ANSWER_CHANGED", "CLAIM_CHANGED", "PASSAGE_CHANGED", "do not hold");
      assertThat(refused.err()).isEmpty();
      assertThat(server.rag("verify", changed.toString(), "--json").out())
          .contains("\"holds\":false", "\"kind\":\"CLAIM_CHANGED\"");
    }
  }

  @Test
  void verify_thousandMutations_findsEveryOneAndNothingElse() throws Exception {
    try (ServerProcess server = setup.serve("ok");
        RagClient client = RagClient.builder(server.address()).build()) {
      Answer answer = ask(server);
      assertThat(answer.getCitationsCount()).isEqualTo(2);
      AnswerVerifier verifier = new AnswerVerifier(client);
      assertThat(verifier.verify(answer).findings()).isEmpty();

      AnswerMutations mutations = new AnswerMutations(answer, new Random(SEED));
      Map<Part, Integer> found = new EnumMap<>(Part.class);
      for (int i = 0; i < MUTATIONS; i++) {
        Mutation mutation = mutations.next();
        Verification verification = verifier.verify(mutation.answer());
        assertThat(verification.holds()).as("seed %d, %d: %s", SEED, i, mutation.what()).isFalse();
        assertThat(verification.findings())
            .as("seed %d, %d: %s", SEED, i, mutation.what())
            .allMatch(finding -> isAbout(finding, mutation));
        found.merge(mutation.part(), 1, Integer::sum);
      }
      assertThat(found.values()).allMatch(count -> count > MUTATIONS / 6);
    }
  }

  /** Whether a finding is about what was changed, and not about what was left whole. */
  private static boolean isAbout(Finding finding, Mutation mutation) {
    boolean ofTheWhole =
        finding.kind() == Kind.ANSWER_CHANGED || finding.kind() == Kind.REFERENCE_INVALID;
    if (ofTheWhole || mutation.part() == Part.ANSWER) {
      return ofTheWhole || isClaim(finding, mutation.answer());
    }
    return finding.place().startsWith(mutation.place())
        || (mutation.place().startsWith("sentences") && finding.kind() == Kind.ANSWER_RANGE);
  }

  /** Whether the text of a claim or a sentence is no longer where it was. */
  private static boolean isClaim(Finding finding, Answer changed) {
    if (finding.kind() == Kind.ANSWER_RANGE) {
      return true;
    }
    int i = Integer.parseInt(finding.place().replaceAll("\\D*(\\d+)].*", "$1"));
    Citation citation = changed.getCitations(i);
    byte[] text = changed.getText().getBytes(StandardCharsets.UTF_8);
    int start = (int) citation.getAnswerRange().getStart();
    int end = (int) citation.getAnswerRange().getEnd();
    byte[] claim = java.util.Arrays.copyOfRange(text, start, end);
    return finding.kind() == Kind.CLAIM_CHANGED
        && !Citations.sha256(claim).equals(citation.getClaimSha256());
  }

  @Test
  void ask_modelInventsIt_isMarkedOrAbstains() throws Exception {
    setup.llm().answer("Elephants drink a bathtub of water a day [1].");
    try (ServerProcess server = setup.serve("ok")) {
      var marked = server.rag("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS);
      assertThat(marked.exitCode()).isZero();
      assertThat(marked.err()).contains("(UNSUPPORTED_ANSWER)");
      assertThat(marked.out()).contains("Not supported by the passages:", "(?) Elephants drink");

      String[] strict = {
        "ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS, "--unsupported", "abstain"
      };
      var abstained = server.rag(strict);
      assertThat(abstained.exitCode()).isEqualTo(4);
      assertThat(abstained.out()).isEmpty();
      assertThat(abstained.err()).contains("(NOTHING_SUPPORTED)");

      setup.llm().answer(TEXT);
      var supported = server.rag(strict);
      assertThat(supported.exitCode()).as(supported.err()).isZero();
      assertThat(supported.out()).contains("cold bucket in Oulu", "Sources:");
    }
  }

  @Test
  void verify_documentReplacedOrDeleted_tellsSo() throws Exception {
    try (ServerProcess server = setup.serve("ok");
        RagClient client = RagClient.builder(server.address()).build()) {
      String name = "corpora/" + LlmSetup.CORPUS + "/documents/passing.md";
      UploadHeader header = UploadHeader.newBuilder().setDocument(name).build();
      upload(client, header, "# Zebra stripes\n\nZebra stripes confuse flies.\n");
      setup.llm().answer("Zebra stripes confuse flies [1].");
      var asked =
          server.rag("ask", "What do zebra stripes do?", "--corpus", LlmSetup.CORPUS, "--json");
      List<AnswerEvent> events = Output.events(asked);
      Path saved = Files.writeString(setup.folder().resolve("passing.json"), asked.out());
      AnswerVerifier verifier = new AnswerVerifier(client);
      assertThat(verifier.verify(events).orElseThrow().findings()).isEmpty();

      upload(client, header, "# Zebra stripes\n\nZebra stripes please flies.\n");
      assertThat(kinds(verifier, events)).containsOnly(Kind.REVISION_GONE);
      var gone = server.rag("verify", saved.toString());
      assertThat(gone.exitCode()).isEqualTo(1);
      assertThat(gone.out()).contains("has another revision now (REVISION_GONE)");

      client.deleteDocument(name);
      assertThat(kinds(verifier, events)).containsOnly(Kind.REVISION_GONE);
    }
  }

  private static List<Kind> kinds(AnswerVerifier verifier, List<AnswerEvent> events) {
    return verifier.verify(events).orElseThrow().findings().stream().map(Finding::kind).toList();
  }

  private static void upload(RagClient client, UploadHeader header, String text) {
    var unused = client.upload(header, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer ask(ServerProcess server) {
    var asked = server.rag("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS, "--json");
    return StreamLaws.checkWhole(Output.events(asked));
  }
}
