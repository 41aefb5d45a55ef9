package dev.ragline.client.verification;

import com.google.protobuf.ByteString;
import dev.ragline.client.verification.Finding.Kind;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Document;
import dev.ragline.v1.ExpandedText;
import dev.ragline.v1.Passage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks an answer's citations and passages against what the server holds. */
final class SourceCheck {
  private final ServerSources sources;
  private final Findings findings;

  SourceCheck(ServerSources sources, Findings findings) {
    this.sources = sources;
    this.findings = findings;
  }

  void citation(Answer answer, Citation citation, String place) {
    ByteString content = content(citation.getRevision(), place);
    if (content == null) {
      return;
    }
    ByteRange range = citation.getSourceRange();
    if (!range(content, range, place)) {
      return;
    }
    findings.require(
        AnswerDigest.sha256(Utf8.cut(content, range)).equals(citation.getQuoteSha256()),
        Kind.QUOTE_CHANGED,
        place + ".quote_sha256",
        "the source's " + Utf8.describe(range) + " are not what was quoted");
    if (citation.getQuoted()) {
      new ReadingCheck(answer, citation, content).run(findings, place);
    }
    Chunk chunk = chunk(citation.getDocument(), citation.getChunk(), place);
    if (chunk != null) {
      ByteRange whole = chunk.getSourceRange();
      findings.require(
          chunk.getRevision().equals(citation.getRevision())
              && whole.getStart() <= range.getStart()
              && range.getEnd() <= whole.getEnd(),
          Kind.QUOTE_OUTSIDE_CHUNK,
          place + ".chunk",
          "the chunk is " + Utf8.describe(whole) + ", the quote " + Utf8.describe(range));
    }
  }

  void passage(Passage passage, String place) {
    Chunk given = passage.getChunk();
    ByteString content = content(given.getRevision(), place);
    if (content == null) {
      return;
    }
    ByteRange range = given.getSourceRange();
    if (range(content, range, place + ".chunk")) {
      ByteString text = Utf8.cut(content, range);
      boolean same =
          shows(text, given.getTextBytes(), given.getTextTruncated())
              && AnswerDigest.sha256(text).equals(given.getSha256());
      same(same, place + ".chunk.text");
    }
    Chunk held = chunk(passage.getDocument().getName(), given.getName(), place);
    if (held != null) {
      same(
          held.getSourceRange().equals(range)
              && held.getRevision().equals(given.getRevision())
              && held.getHeadingPathList().equals(given.getHeadingPathList()),
          place + ".chunk");
    }
    if (passage.hasExpanded()) {
      expanded(passage.getExpanded(), given, content, place + ".expanded");
    }
    document(passage.getDocument(), place + ".document");
  }

  private void expanded(ExpandedText given, Chunk own, ByteString content, String place) {
    ByteRange range = given.getSourceRange();
    if (range(content, range, place)) {
      ByteString text = Utf8.cut(content, range);
      boolean same =
          shows(text, given.getTextBytes(), given.getTextTruncated())
              && AnswerDigest.sha256(text).equals(given.getSha256())
              && range.getStart() <= own.getSourceRange().getStart()
              && own.getSourceRange().getEnd() <= range.getEnd()
              && given.getChunksList().contains(own.getName());
      same(same, place);
    }
  }

  /** Whether what was shown is the text, or said to be the beginning of it and is that. */
  private static boolean shows(ByteString text, ByteString shown, boolean truncated) {
    return truncated ? text.startsWith(shown) : text.equals(shown);
  }

  /** What is said of a document may have changed since; where it has not, it is the same. */
  private void document(Document given, String place) {
    Optional<Document> held = sources.document(given.getName());
    if (held.isPresent() && held.get().getEtag().equals(given.getEtag())) {
      Document now = held.get();
      same(
          now.getTitle().equals(given.getTitle())
              && now.getUri().equals(given.getUri())
              && now.getRevision().equals(given.getRevision())
              && now.getSha256().equals(given.getSha256())
              && now.getSize() == given.getSize(),
          place);
    }
  }

  private void same(boolean met, String place) {
    findings.require(
        met, Kind.PASSAGE_CHANGED, place, "the server holds something else under this name");
  }

  private boolean range(ByteString content, ByteRange range, String place) {
    return findings.require(
        Utf8.holds(content, range),
        Kind.SOURCE_RANGE,
        place + ".source_range",
        Utf8.describe(range) + " are no whole characters of the revision");
  }

  private @Nullable Chunk chunk(String document, String name, String place) {
    Optional<Chunk> found = sources.chunk(document, name);
    findings.require(
        found.isPresent(), Kind.CHUNK_MISSING, place + ".chunk", "there is no chunk " + name);
    return found.orElse(null);
  }

  private @Nullable ByteString content(String revision, String place) {
    ServerSources.Revision found = sources.revision(revision);
    if (found.content().isEmpty()) {
      Kind kind = found.gone() ? Kind.REVISION_GONE : Kind.REVISION_CHANGED;
      findings.add(kind, place + ".revision", found.trouble());
    }
    return found.content().orElse(null);
  }
}
