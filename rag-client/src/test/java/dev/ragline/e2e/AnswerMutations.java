package dev.ragline.e2e;

import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Passage;
import java.util.Random;

/** Changes one thing of an answer at random. */
final class AnswerMutations {
  private final Answer answer;
  private final Random random;

  /** What is changed. */
  enum Part {
    ANSWER,
    SOURCE,
    RANGE,
    DIGEST
  }

  /**
   * A changed answer.
   *
   * @param place the element that was changed, as findings name it; empty for the answer itself
   */
  record Mutation(Part part, String what, String place, Answer answer) {
    /** The same with the digest of the whole made anew, as somebody with more patience would. */
    Mutation withNewDigest() {
      Answer redone = answer.toBuilder().setAnswerSha256(AnswerDigest.of(answer)).build();
      return new Mutation(part, what + ", digest made anew", place, redone);
    }
  }

  AnswerMutations(Answer answer, Random random) {
    this.answer = answer;
    this.random = random;
  }

  Mutation next() {
    Part part = Part.values()[random.nextInt(Part.values().length)];
    return switch (part) {
      case ANSWER -> ofAnswer();
      case SOURCE -> random.nextBoolean() ? ofCitedSource() : ofPassage();
      case RANGE -> random.nextInt(3) == 0 ? ofSentence() : ofRange();
      case DIGEST -> ofDigest();
    };
  }

  private Mutation ofAnswer() {
    Answer.Builder changed = answer.toBuilder();
    String what;
    switch (random.nextInt(8)) {
      case 0 -> {
        what = "text with a character more";
        int at = random.nextInt(answer.getText().length() + 1);
        changed.setText(new StringBuilder(answer.getText()).insert(at, letter()).toString());
      }
      case 1 -> {
        what = "text with a character less";
        int at = random.nextInt(answer.getText().length());
        changed.setText(new StringBuilder(answer.getText()).deleteCharAt(at).toString());
      }
      case 2 -> {
        what = "text with another character";
        int at = random.nextInt(answer.getText().length());
        StringBuilder text = new StringBuilder(answer.getText());
        text.setCharAt(at, text.charAt(at) == 'x' ? 'y' : 'x');
        changed.setText(text.toString());
      }
      case 3 -> {
        what = "a citation less";
        changed.removeCitations(random.nextInt(answer.getCitationsCount()));
      }
      case 4 -> {
        what = "a citation twice";
        changed.addCitations(answer.getCitations(random.nextInt(answer.getCitationsCount())));
      }
      case 5 -> {
        what = "a sentence less";
        changed.removeSentences(random.nextInt(answer.getSentencesCount()));
      }
      case 6 -> {
        what = "more support";
        int i = random.nextInt(answer.getSentencesCount());
        double support = answer.getSentences(i).getSupport();
        changed.getSentencesBuilder(i).setSupport(support > 0.5 ? support - 0.25 : support + 0.25);
      }
      default -> {
        what = "another state";
        changed.setState(AnswerState.ANSWER_STATE_INTERRUPTED);
      }
    }
    return new Mutation(Part.ANSWER, what, "", changed.build());
  }

  private Mutation ofCitedSource() {
    int i = random.nextInt(answer.getCitationsCount());
    Citation.Builder changed = answer.getCitations(i).toBuilder();
    String what;
    switch (random.nextInt(4)) {
      case 0 -> {
        what = "another chunk";
        changed.setChunk(changed.getChunk() + "7");
      }
      case 1 -> {
        what = "another document";
        changed.setDocument(changed.getDocument() + letter());
      }
      case 2 -> {
        what = "another revision";
        changed.setRevision(otherDigit(changed.getRevision()));
      }
      default -> {
        what = "another corpus";
        changed
            .setChunk(changed.getChunk().replaceFirst("^corpora/", "corpora/x"))
            .setDocument(changed.getDocument().replaceFirst("^corpora/", "corpora/x"))
            .setRevision(changed.getRevision().replaceFirst("^corpora/", "corpora/x"));
      }
    }
    return maybeNewDigest(citation(Part.SOURCE, what, i, changed));
  }

  private Mutation ofPassage() {
    int i = random.nextInt(answer.getPassagesCount());
    Passage.Builder changed = answer.getPassages(i).toBuilder();
    String text = changed.getChunk().getText();
    String what;
    switch (random.nextInt(4)) {
      case 0 -> {
        what = "passage with another text";
        int at = random.nextInt(text.length());
        changed.getChunkBuilder().setText(text.substring(0, at) + letter() + text.substring(at));
      }
      case 1 -> {
        what = "passage of another chunk";
        changed.getChunkBuilder().setName(changed.getChunk().getName() + "7");
      }
      case 2 -> {
        what = "passage of another revision";
        changed.getChunkBuilder().setRevision(otherDigit(changed.getChunk().getRevision()));
      }
      default -> {
        what = "passage with another title";
        changed.getDocumentBuilder().setTitle(changed.getDocument().getTitle() + letter());
      }
    }
    Answer whole = answer.toBuilder().setPassages(i, changed).build();
    return maybeNewDigest(new Mutation(Part.SOURCE, what, "passages[" + i + "]", whole));
  }

  private Mutation ofRange() {
    int i = random.nextInt(answer.getCitationsCount());
    Citation.Builder changed = answer.getCitations(i).toBuilder();
    if (random.nextBoolean()) {
      changed.setAnswerRange(moved(changed.getAnswerRange()));
      return maybeNewDigest(citation(Part.RANGE, "another claim", i, changed));
    }
    changed.setSourceRange(moved(changed.getSourceRange()));
    return maybeNewDigest(citation(Part.RANGE, "another quote", i, changed));
  }

  private Mutation ofSentence() {
    int i = random.nextInt(answer.getSentencesCount());
    Answer.Builder changed = answer.toBuilder();
    ByteRange range = answer.getSentences(i).getAnswerRange();
    changed.getSentencesBuilder(i).setAnswerRange(moved(range));
    return new Mutation(Part.RANGE, "another sentence", "sentences[" + i + "]", changed.build());
  }

  private Mutation ofDigest() {
    int i = random.nextInt(answer.getCitationsCount());
    Citation.Builder changed = answer.getCitations(i).toBuilder();
    return switch (random.nextInt(4)) {
      case 0 ->
          new Mutation(
              Part.DIGEST,
              "another digest of the answer",
              "",
              answer.toBuilder().setAnswerSha256(otherDigit(answer.getAnswerSha256())).build());
      case 1 -> {
        changed.setClaimSha256(otherDigit(changed.getClaimSha256()));
        yield maybeNewDigest(citation(Part.DIGEST, "another digest of the claim", i, changed));
      }
      case 2 -> {
        changed.setQuoteSha256(random.nextBoolean() ? otherDigit(changed.getQuoteSha256()) : "");
        yield maybeNewDigest(citation(Part.DIGEST, "another digest of the quote", i, changed));
      }
      default -> {
        int passage = random.nextInt(answer.getPassagesCount());
        Answer.Builder whole = answer.toBuilder();
        String digest = answer.getPassages(passage).getChunk().getSha256();
        whole.getPassagesBuilder(passage).getChunkBuilder().setSha256(otherDigit(digest));
        yield maybeNewDigest(
            new Mutation(
                Part.DIGEST,
                "another digest of a passage",
                "passages[" + passage + "]",
                whole.build()));
      }
    };
  }

  private Mutation citation(Part part, String what, int i, Citation.Builder changed) {
    Answer whole = answer.toBuilder().setCitations(i, changed).build();
    return new Mutation(part, what, "citations[" + i + "]", whole);
  }

  private Mutation maybeNewDigest(Mutation mutation) {
    return random.nextBoolean() ? mutation.withNewDigest() : mutation;
  }

  private ByteRange moved(ByteRange range) {
    long by = (1L + random.nextInt(3)) * (random.nextBoolean() ? 1 : -1);
    ByteRange.Builder moved = range.toBuilder();
    switch (random.nextInt(3)) {
      case 0 -> moved.setStart(range.getStart() + by);
      case 1 -> moved.setEnd(range.getEnd() + by);
      default -> moved.setStart(range.getStart() + by).setEnd(range.getEnd() + by);
    }
    return moved.build();
  }

  private String otherDigit(String hex) {
    int at = hex.length() - 1 - random.nextInt(64);
    char digit = hex.charAt(at);
    char other = Character.forDigit((Character.digit(digit, 16) + 1 + random.nextInt(15)) % 16, 16);
    return hex.substring(0, at) + other + hex.substring(at + 1);
  }

  private char letter() {
    return (char) ('a' + random.nextInt(26));
  }
}
