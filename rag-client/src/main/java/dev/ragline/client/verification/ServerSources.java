package dev.ragline.client.verification;

import com.google.protobuf.ByteString;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Document;
import io.grpc.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the server holds of an answer's sources, each asked for once. */
final class ServerSources {
  private final RagClient client;
  private final Map<String, Revision> revisions = new HashMap<>();
  private final Map<String, Map<String, Chunk>> chunks = new HashMap<>();
  private final Map<String, Optional<Document>> documents = new HashMap<>();

  /**
   * A revision's bytes.
   *
   * @param content empty where they are not there, or not the right ones
   * @param trouble why, for people
   */
  record Revision(Optional<ByteString> content, boolean gone, String trouble) {}

  ServerSources(RagClient client) {
    this.client = client;
  }

  /** The bytes that a revision is named for. */
  Revision revision(String name) {
    return revisions.computeIfAbsent(name, this::load);
  }

  private Revision load(String name) {
    try {
      ByteString content = ByteString.copyFrom(client.documentContent(name, null));
      return AnswerDigest.sha256(content).equals(SourceNames.sha256(name))
          ? new Revision(Optional.of(content), false, "")
          : new Revision(
              Optional.empty(), false, "the server's bytes have another digest than their name");
    } catch (RagClientException e) {
      return new Revision(Optional.empty(), true, orThrow(e));
    }
  }

  /** A chunk of the current revision. */
  Optional<Chunk> chunk(String document, String name) {
    Map<String, Chunk> all =
        chunks.computeIfAbsent(
            document,
            any ->
                orNothing(
                        () ->
                            client
                                .listChunks(document)
                                .collect(Collectors.toMap(Chunk::getName, chunk -> chunk)))
                    .orElse(Map.of()));
    return Optional.ofNullable(all.get(name));
  }

  /** A document as it is now. */
  Optional<Document> document(String name) {
    return documents.computeIfAbsent(name, any -> orNothing(() -> client.getDocument(name)));
  }

  private static <T> Optional<T> orNothing(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (RagClientException e) {
      var unused = orThrow(e);
      return Optional.empty();
    }
  }

  /**
   * What the server says of a name that it does not know; other failures are not about the answer.
   */
  private static String orThrow(RagClientException failure) {
    if (failure.code() == Status.Code.NOT_FOUND || failure.code() == Status.Code.INVALID_ARGUMENT) {
      return String.valueOf(failure.getMessage());
    }
    throw failure;
  }
}
