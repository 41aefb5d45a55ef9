package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ragline.client.RagClient;
import dev.ragline.client.verification.AnswerVerifier;
import dev.ragline.v1.Answer;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Citation;
import dev.ragline.v1.ExpandedText;
import dev.ragline.v1.Passage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Checks citations the way a distrustful user would: against the document's own bytes. */
final class Citations {
  private Citations() {}

  /** Checks every citation and passage of an answer, and returns the quotes in their order. */
  static List<String> check(RagClient client, Answer answer) {
    List<String> quotes = new ArrayList<>();
    for (Citation citation : answer.getCitationsList()) {
      byte[] quote = cut(client, citation.getRevision(), citation.getSourceRange());
      assertThat(sha256(quote)).isEqualTo(citation.getQuoteSha256());
      ByteString claim = cut(answer, citation.getAnswerRange());
      assertThat(claim.isValidUtf8()).as("a claim is whole code points").isTrue();
      assertThat(claim.toStringUtf8()).isNotBlank();
      assertThat(sha256(claim.toByteArray())).isEqualTo(citation.getClaimSha256());
      assertThat(citation.getSupport()).isBetween(0.0, 1.0);
      Passage passage = answer.getPassages(citation.getPassageRank() - 1);
      assertThat(chunksOf(passage)).contains(citation.getChunk());
      assertThat(citation.getDocument()).isEqualTo(passage.getDocument().getName());
      assertThat(citation.getRevision()).isEqualTo(passage.getDocument().getRevision());
      quotes.add(ByteString.copyFrom(quote).toStringUtf8());
    }
    assertThat(new AnswerVerifier(client).verify(answer).findings()).isEmpty();
    answer.getPassagesList().forEach(passage -> checkPassage(client, passage));
    return quotes;
  }

  /** The resource names of a passage's chunks. */
  static List<String> chunksOf(Passage passage) {
    return passage.hasExpanded()
        ? passage.getExpanded().getChunksList()
        : List.of(passage.getChunk().getName());
  }

  /** Checks that a passage's texts are their ranges of their revision's bytes. */
  static void checkPassage(RagClient client, Passage passage) {
    checkChunk(client, passage.getChunk());
    if (passage.hasExpanded()) {
      ExpandedText expanded = passage.getExpanded();
      byte[] source = cut(client, passage.getChunk().getRevision(), expanded.getSourceRange());
      assertThat(expanded.getTextBytes()).isEqualTo(ByteString.copyFrom(source));
      assertThat(sha256(source)).isEqualTo(expanded.getSha256());
      assertThat(expanded.getText()).contains(passage.getChunk().getText());
      assertThat(expanded.getChunksList()).contains(passage.getChunk().getName());
    }
  }

  /** Checks that a chunk's text is its range of its revision's bytes. */
  static void checkChunk(RagClient client, Chunk chunk) {
    byte[] source = cut(client, chunk.getRevision(), chunk.getSourceRange());
    assertThat(chunk.getTextBytes()).isEqualTo(ByteString.copyFrom(source));
    assertThat(sha256(source)).isEqualTo(chunk.getSha256());
  }

  /** Lower-case hex. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteString cut(Answer answer, ByteRange range) {
    return answer.getTextBytes().substring((int) range.getStart(), (int) range.getEnd());
  }

  /** Takes the whole revision, whose name is its digest, and cuts the range out of it here. */
  private static byte[] cut(RagClient client, String revision, ByteRange range) {
    byte[] whole = client.documentContent(revision, null);
    assertThat(revision).endsWith("/revisions/" + sha256(whole));
    byte[] part = Arrays.copyOfRange(whole, (int) range.getStart(), (int) range.getEnd());
    assertThat(client.documentContent(revision, range)).isEqualTo(part);
    return part;
  }
}
