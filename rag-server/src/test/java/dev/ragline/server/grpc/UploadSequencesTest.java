package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Sha256;
import dev.ragline.v1.Document;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.UploadDocumentRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random sequences of upload messages: most are wrong somewhere. */
class UploadSequencesTest {
  private static final long SEED = 20260;
  private static final int SEQUENCES = 300;

  /** Fewer than there are uploads that end badly: one that kept its place would be noticed. */
  private static final int PLACES = 8;

  @TempDir Path folder;
  private final TreeMap<String, byte[]> expected = new TreeMap<>();

  /** What a server that follows the protocol's words makes of a sequence. */
  private static final class Model {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean header;
    private boolean committed;
    private boolean wrong;

    void header() {
      wrong |= header;
      header = true;
    }

    void block(long offset, byte[] data) {
      wrong |= !header || committed || offset != content.size();
      if (!wrong) {
        content.writeBytes(data);
      }
    }

    void commit(boolean fits) {
      wrong |= !header || committed || !fits;
      committed = true;
    }

    boolean succeeds() {
      return !wrong && committed;
    }
  }

  @Test
  void upload_randomMessages_leaveTheWholeDocumentOrNothingOfIt() {
    SplittableRandom random = new SplittableRandom(SEED);
    int succeeded = 0;
    try (TestServer server = TestServer.in(folder).withLimits(10_000, PLACES).start()) {
      server.createCorpus("c");
      for (int i = 0; i < SEQUENCES; i++) {
        if (run(server, random.split(), "seed %d, sequence %d: ".formatted(SEED, i))) {
          succeeded++;
        }
        if (i % 50 == 0) {
          requireExpected(server, "seed %d, after sequence %d".formatted(SEED, i));
        }
      }
      requireExpected(server, "seed %d, at the end".formatted(SEED));
    }
    assertThat(succeeded).as("sequences that succeed").isBetween(SEQUENCES / 10, SEQUENCES - 100);
  }

  private boolean run(TestServer server, SplittableRandom random, String when) {
    String document = "corpora/c/documents/d" + random.nextInt(5);
    Model model = new Model();
    List<String> steps = new ArrayList<>();
    UploadCall call = server.upload();
    if (random.nextInt(20) > 0) {
      call.header(document);
      model.header();
      steps.add("header");
    }
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      steps.add(step(call, model, document, random));
    }
    if (random.nextInt(10) > 0) {
      steps.add(commit(call, model, random));
    }
    if (random.nextInt(12) == 0) {
      call.cancel();
      return false;
    }
    boolean succeeded = finish(call, when + steps);
    assertThat(succeeded).as(when + steps).isEqualTo(model.succeeds());
    if (succeeded) {
      expected.put(document, model.content.toByteArray());
    }
    return succeeded;
  }

  private static String step(
      UploadCall call, Model model, String document, SplittableRandom random) {
    return switch (random.nextInt(24)) {
      case 0 -> {
        call.header(document);
        model.header();
        yield "header";
      }
      case 1 -> {
        yield commit(call, model, random);
      }
      case 2 -> {
        call.send(UploadDocumentRequest.getDefaultInstance());
        model.wrong = true;
        yield "nothing";
      }
      case 3 -> {
        long offset = random.nextLong(0, 40);
        byte[] data = text(random);
        call.block(offset, data);
        model.block(offset, data);
        yield "block at " + offset;
      }
      default -> {
        byte[] data = text(random);
        long offset = model.content.size();
        call.block(offset, data);
        model.block(offset, data);
        yield "block";
      }
    };
  }

  private static String commit(UploadCall call, Model model, SplittableRandom random) {
    byte[] content = model.content.toByteArray();
    boolean sized = random.nextInt(12) > 0;
    boolean hashed = random.nextInt(12) > 0;
    String digest = hashed ? Sha256.of(content).hex() : Sha256.of("?").hex();
    call.commit(content.length + (sized ? 0 : 1), digest);
    model.commit(sized && hashed);
    return "commit " + sized + hashed;
  }

  private static byte[] text(SplittableRandom random) {
    String text = random.nextInt(8) == 0 ? " \n" : "# H%d\n\nWords é %d.\n";
    return text.formatted(random.nextInt(9), random.nextInt(9)).getBytes(UTF_8);
  }

  private static boolean finish(UploadCall call, String when) {
    try {
      var _ = call.finish();
      return true;
    } catch (StatusRuntimeException e) {
      Failure failure = Failure.of(e);
      assertThat(failure.code())
          .as(when + " " + failure.message())
          .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.OUT_OF_RANGE);
      return false;
    }
  }

  private void requireExpected(TestServer server, String when) {
    ListDocumentsRequest all = ListDocumentsRequest.newBuilder().setParent("corpora/c").build();
    List<Document> documents = server.documents().listDocuments(all).getDocumentsList();
    assertThat(documents.stream().map(Document::getName))
        .as(when)
        .containsExactlyElementsOf(expected.keySet());
    for (Document document : documents) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      server
          .documents()
          .getDocumentContent(
              GetDocumentContentRequest.newBuilder().setName(document.getName()).build())
          .forEachRemaining(piece -> content.writeBytes(piece.getBlock().getData().toByteArray()));
      assertThat(content.toByteArray()).as(when).isEqualTo(expected.get(document.getName()));
      assertThat(document.getSha256()).isEqualTo(Sha256.of(content.toByteArray()).hex());
    }
  }
}
