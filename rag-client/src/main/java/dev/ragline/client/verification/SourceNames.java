package dev.ragline.client.verification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of what an answer's sources are. */
final class SourceNames {
  private static final String DOCUMENT = "(corpora/[^/]+)/documents/[^/]+";
  private static final Pattern CHUNK = Pattern.compile("(" + DOCUMENT + ")/chunks/\\d{1,9}");
  private static final Pattern REVISION =
      Pattern.compile("(" + DOCUMENT + ")/revisions/([0-9a-f]{64})");
  private static final Pattern ANSWER = Pattern.compile("(corpora/[^/]+)/answers/[^/]+");

  private SourceNames() {}

  /** Whether a chunk, its document and its revision belong together, and to the answer's corpus. */
  static boolean belongTogether(String answer, String chunk, String document, String revision) {
    Matcher ofAnswer = ANSWER.matcher(answer);
    Matcher ofChunk = CHUNK.matcher(chunk);
    Matcher ofRevision = REVISION.matcher(revision);
    return ofAnswer.matches()
        && ofChunk.matches()
        && ofRevision.matches()
        && ofChunk.group(1).equals(document)
        && ofRevision.group(1).equals(document)
        && ofChunk.group(2).equals(ofAnswer.group(1));
  }

  /** The digest in a revision's name. */
  static String sha256(String revision) {
    return revision.substring(revision.lastIndexOf('/') + 1);
  }
}
