package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.FakeDocuments;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Document;
import dev.ragline.v1.StreamAskResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class VerifyCommandTest {
  @TempDir private Path folder;
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  private Ended verify(String json, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("answer.json"), json);
    return options.length == 0
        ? rag.run("verify", file.toString())
        : rag.run("verify", file.toString(), options[0]);
  }

  private static Answer.Builder answer() {
    return Answer.newBuilder()
        .setName("corpora/faq/answers/1")
        .setText("Yes.")
        .setState(AnswerState.ANSWER_STATE_COMPLETE);
  }

  private static Answer sealed(Answer.Builder answer) {
    return answer.setAnswerSha256(AnswerDigest.of(answer)).build();
  }

  private static String json(MessageOrBuilder message) {
    try {
      return JsonFormat.printer().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static String lines(List<AnswerEvent> events) {
    return events.stream()
        .map(event -> json(StreamAskResponse.newBuilder().setEvent(event)).replace("\n", " "))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void verify_answerAskResponseAndEvents_areAllRead() throws Exception {
    Answer answer = sealed(answer());
    Ended good = new Ended(0, "0 citations and 0 passages checked, everything holds\n", "");
    assertThat(verify(json(answer))).isEqualTo(good);
    assertThat(verify(json(answer).replace("\n", " "))).isEqualTo(good);
    assertThat(verify(json(AskResponse.newBuilder().setAnswer(answer)))).isEqualTo(good);
    assertThat(verify(json(answer), "--json").out())
        .isEqualTo("{\"holds\":true,\"citations\":0,\"passages\":0,\"findings\":[]}\n");
  }

  @Test
  void verify_eventsThatDoNotAddUp_areListed() throws Exception {
    List<AnswerEvent> events = new Script().text("Yes.").complete();
    String changed = lines(events).replaceFirst("Yes[.]", "No.");
    Ended ended = verify(changed);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).contains("text: the text sent is another one (EVENTS_DIFFER)");
    assertThat(verify(lines(events)).out())
        .isEqualTo(
            "answer_sha256: the answer carries no digest (DIGEST_MISSING)\n"
                + "0 citations and 0 passages checked, 1 thing does not hold\n");
  }

  @Test
  void verify_abstained_holds() throws Exception {
    Answer.Builder abstained =
        answer()
            .setText("")
            .setState(AnswerState.ANSWER_STATE_ABSTAINED)
            .setAbstainReason(AbstainReason.ABSTAIN_REASON_EMPTY_CORPUS);
    assertThat(verify(json(sealed(abstained))).exitCode()).isZero();
  }

  @Test
  void verify_brokenCitation_isListedField_byField() throws Exception {
    Answer.Builder cited =
        answer().addCitations(Citation.newBuilder().setChunk("x").setSupport(Double.NaN));
    Ended ended = verify(json(sealed(cited)));
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("citations[0].answer_range: ", "(NAME_INVALID)", "(REFERENCE_INVALID)")
        .contains("(NUMBER_INVALID)", "(REVISION_GONE)");
  }

  static List<Arguments> quotes() {
    String placeholder = "Run app logout <user> --force";
    return List.of(
        Arguments.of("text/markdown", "a *b* &amp; c", "a b & c", "*||*||&amp;|&", true),
        Arguments.of("text/markdown", "[a](http://b.c) d", "a d", "[||](http://b.c)|", true),
        Arguments.of("text/plain", placeholder, placeholder, "", true),
        Arguments.of("text/plain", placeholder, "Run app logout  --force", "<user>|", false),
        Arguments.of("text/markdown", placeholder, "Run app logout  --force", "", false),
        Arguments.of("text/markdown", "It is not so.", "It is  so.", "not|", false),
        Arguments.of("text/markdown", "It is   so.", "It is not so.", "   | not ", false),
        Arguments.of("text/markdown", "It is *so*.", "It is never.", "*so*|never", false),
        Arguments.of("text/plain", "a *b*", "a b", "*||*|", false),
        Arguments.of("text/markdown", "a b", "b a", "", false));
  }

  /**
   * @param changes source and shown, one change after the other
   */
  @ParameterizedTest
  @MethodSource("quotes")
  void verify_quotedClaim_mustBeWhatAReaderSees(
      String type, String source, String claim, String changes, boolean holds) throws Exception {
    ByteString content = ByteString.copyFromUtf8(source);
    String document = "corpora/faq/documents/a.md";
    String revision = document + "/revisions/" + AnswerDigest.sha256(content);
    rag.server.documents.held.put(
        revision, new FakeDocuments.Held(Document.getDefaultInstance(), content));
    Answer.Builder answer = answer().setText(claim);
    answer
        .addPassagesBuilder()
        .setRank(1)
        .setDocument(Document.newBuilder().setName(document).setMediaType(type));
    Citation.Builder citation =
        answer
            .addCitationsBuilder()
            .setAnswerRange(ByteRange.newBuilder().setEnd(claim.length()))
            .setRevision(revision)
            .setSourceRange(ByteRange.newBuilder().setEnd(content.size()))
            .setPassageRank(1)
            .setQuoted(true);
    String[] pieces = changes.split("\\|", -1);
    int at = 0;
    for (int i = 0; i + 1 < pieces.length; i += 2) {
      int start = Math.max(0, source.indexOf(pieces[i], at));
      at = start + pieces[i].length();
      if (!pieces[i].equals(pieces[i + 1])) {
        citation
            .addChangesBuilder()
            .setSourceRange(ByteRange.newBuilder().setStart(start).setEnd(at))
            .setShown(pieces[i + 1]);
      }
    }
    assertThat(verify(json(sealed(answer))).out().contains("(READING_DIFFERS)")).isEqualTo(!holds);
  }

  @Test
  void verify_passageShownInPart_holdsWhereItIsTheBeginningOfTheSource() throws Exception {
    ByteString content = ByteString.copyFromUtf8("Größer als ein Stück davon.");
    String revision = "corpora/faq/documents/a.md/revisions/" + AnswerDigest.sha256(content);
    rag.server.documents.held.put(
        revision, new FakeDocuments.Held(Document.getDefaultInstance(), content));
    Answer.Builder answer = answer();
    Chunk.Builder chunk = answer.addPassagesBuilder().setRank(1).getChunkBuilder();
    chunk
        .setName("corpora/faq/documents/a.md/chunks/0")
        .setRevision(revision)
        .setSourceRange(ByteRange.newBuilder().setEnd(content.size()))
        .setSha256(AnswerDigest.sha256(content))
        .setText("Größer als")
        .setTextTruncated(true);
    String finding = "passages[0].chunk.text: ";
    assertThat(verify(json(sealed(answer))).out())
        .doesNotContain(finding)
        .doesNotContain("ANSWER_CHANGED");
    String changed = json(answer).replace("er als", "er wie");
    assertThat(verify(changed).out()).contains(finding, "(ANSWER_CHANGED)");

    chunk.setText("Kleiner");
    assertThat(verify(json(sealed(answer))).out()).contains(finding);
    chunk.setText("Größer als").setTextTruncated(false);
    assertThat(verify(json(sealed(answer))).out()).contains(finding);
  }

  @Test
  void verify_noAnswer_isOneLine() throws Exception {
    for (String json : List.of("", "[]", "{", "{}", "{\"text\": 7}", "not json")) {
      Ended ended = verify(json);
      assertThat(ended.exitCode()).as(json).isEqualTo(1);
      assertThat(ended.err()).as(json).startsWith("rag: this is no answer in JSON").hasLineCount(1);
    }
    assertThat(verify(lines(new Script().text("Half").cut())).err())
        .isEqualTo("rag: no event here holds the whole answer\n");
    assertThat(rag.run("verify", folder.resolve("absent").toString()).exitCode()).isEqualTo(2);
  }
}
