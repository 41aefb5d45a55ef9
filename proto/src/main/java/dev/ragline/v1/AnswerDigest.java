package dev.ragline.v1;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes {@code Answer.answer_sha256}; the proto says how. */
public final class AnswerDigest {
  private static final String TYPE = "ragline.v1.Answer";

  private final MessageDigest digest = newDigest();

  private AnswerDigest() {}

  /** The digest of an answer, whatever digest it carries itself. */
  public static String of(AnswerOrBuilder answer) {
    return new AnswerDigest().digest(answer);
  }

  /** The SHA-256 digest of some bytes, lower-case hex. */
  public static String sha256(ByteString bytes) {
    MessageDigest digest = newDigest();
    digest.update(bytes.asReadOnlyByteBuffer());
    return HexFormat.of().formatHex(digest.digest());
  }

  private String digest(AnswerOrBuilder answer) {
    add(TYPE);
    add(answer.getName());
    add(answer.getStateValue());
    add(answer.getAbstainReasonValue());
    add(answer.getModel());
    add(sha256(answer.getTextBytes()));
    add(answer.getCitationsCount());
    answer.getCitationsList().forEach(this::add);
    add(answer.getSentencesCount());
    answer.getSentencesList().forEach(this::add);
    add(answer.getPassagesCount());
    answer.getPassagesList().forEach(this::add);
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(Citation citation) {
    add(citation.getAnswerRange());
    add(citation.getChunk());
    add(citation.getDocument());
    add(citation.getRevision());
    add(citation.getSourceRange());
    add(citation.getQuoteSha256());
    add(citation.getSupport());
    add(citation.getPassageRank());
    add(citation.getClaimSha256());
  }

  private void add(AnswerSentence sentence) {
    add(sentence.getAnswerRange());
    add(sentence.getSupport());
    add(sentence.getLexical());
    add(sentence.getSemantic());
    add(sentence.getPassageRank());
    add(sentence.getCitationsCount());
    sentence.getCitationsList().forEach(this::add);
    add(sentence.getUnsupported() ? 1 : 0);
  }

  private void add(Passage passage) {
    add(passage.getRank());
    add(passage.getChunk().getName());
    add(passage.getChunk().getRevision());
    add(passage.getChunk().getSourceRange());
    add(passage.getChunk().getSha256());
    if (passage.getChunk().getTextTruncated()) {
      add(sha256(passage.getChunk().getTextBytes()));
    }
    add(passage.getDocument().getName());
    add(passage.getDocument().getEtag());
    add(passage.getExpanded().getSourceRange());
    add(passage.getExpanded().getSha256());
    if (passage.getExpanded().getTextTruncated()) {
      add(sha256(passage.getExpanded().getTextBytes()));
    }
  }

  private void add(ByteRange range) {
    add(range.getStart());
    add(range.getEnd());
  }

  private void add(long number) {
    add(Long.toString(number));
  }

  private void add(double number) {
    add(HexFormat.of().toHexDigits(Double.doubleToLongBits(number)));
  }

  private void add(String value) {
    digest.update(value.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
