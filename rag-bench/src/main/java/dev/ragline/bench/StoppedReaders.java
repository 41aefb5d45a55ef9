package dev.ragline.bench;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.StreamAskRequest;
import java.util.ArrayList;
import java.util.List;

/** Clients, each with a connection of its own, that read the first word of an answer and stop. */
final class StoppedReaders implements AutoCloseable {
  private final List<RagClient> clients = new ArrayList<>();
  private final List<AnswerStream> streams = new ArrayList<>();

  /** Opens so many and has each read a first word. */
  StoppedReaders(String address, String corpus, int count, OnDisconnect onDisconnect) {
    for (int i = 0; i < count; i++) {
      RagClient client = RagClient.builder(address).build();
      clients.add(client);
      streams.add(
          client.streamAsk(
              StreamAskRequest.newBuilder()
                  .setCorpus(Names.corpus(corpus))
                  .setQuestion("How is data stored? " + FloodLlm.FLOOD + " " + i)
                  .setOnDisconnect(onDisconnect)
                  .build()));
    }
    streams.forEach(stream -> readOn(stream, 1));
  }

  /** Has each read so many more words, and returns the bytes that came. */
  long readOn(int words) {
    return streams.stream().mapToLong(stream -> readOn(stream, words)).sum();
  }

  private static long readOn(AnswerStream stream, int words) {
    long bytes = 0;
    for (int read = 0; read < words; ) {
      var event = stream.next();
      if (event.hasTextDelta()) {
        bytes += event.getTextDelta().getText().length();
        read++;
      }
    }
    return bytes;
  }

  /** Ends the streams. */
  void leave() {
    streams.forEach(AnswerStream::close);
  }

  /** Ends the streams and the connections. */
  @Override
  public void close() {
    leave();
    clients.forEach(RagClient::close);
  }
}
