package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.DeleteDocumentResponse;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.StreamAskResponse;
import dev.ragline.v1.UploadDocumentResponse;
import java.util.List;

/** What the commands print with {@code --json}, read back. */
final class Output {
  private Output() {}

  /** The events of {@code rag ask --json}. */
  static List<AnswerEvent> events(Rag.Result result) {
    return result.lines().stream()
        .map(line -> parse(line, StreamAskResponse.newBuilder()).getEvent())
        .toList();
  }

  /** The passages of {@code rag search --json}. */
  static List<Passage> passages(Rag.Result result) {
    return result.lines().stream().map(line -> parse(line, Passage.newBuilder()).build()).toList();
  }

  /** The receipt in the last line of {@code rag ingest --json}. */
  static Receipt receipt(Rag.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return lastReceipt(result);
  }

  /** The same, also where not all documents came in. */
  static Receipt lastReceipt(Rag.Result result) {
    return parse(result.lines().getLast(), UploadDocumentResponse.newBuilder()).getReceipt();
  }

  /** The same without its token, which is another after every write. */
  static Receipt counts(Rag.Result result) {
    Receipt receipt = receipt(result);
    assertThat(receipt.getConsistencyToken()).isNotEmpty();
    return receipt.toBuilder().clearConsistencyToken().build();
  }

  /** How many chunks {@code rag document delete --json} removed. */
  static int removed(Rag.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return parse(result.out(), DeleteDocumentResponse.newBuilder()).getRemoved();
  }

  private static <B extends Message.Builder> B parse(String line, B builder) {
    try {
      JsonFormat.parser().merge(line, builder);
      return builder;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not a message: " + line, e);
    }
  }
}
