package dev.ragline.bench;

import dev.ragline.client.Names;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.AskServiceGrpc.AskServiceBlockingStub;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.OnDisconnect;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Clients, each with a connection of its own, that read the first word of an answer and stop. They
 * take what HTTP/2 gives a client that says nothing: a window of 64 KiB. gRPC's Java client takes
 * up to 8 MiB, more than the longest answer.
 */
final class StoppedReaders implements AutoCloseable {
  private static final int WINDOW = (64 << 10) - 1;

  private final List<Reader> readers = new ArrayList<>();

  private record Reader(
      ManagedChannel channel, AskServiceBlockingStub stub, Iterator<StreamAskResponse> stream) {
    AnswerEvent next() {
      return stream.next().getEvent();
    }

    void readOn(int words) {
      for (int read = 0; read < words; ) {
        read += next().hasTextDelta() ? 1 : 0;
      }
    }
  }

  /** Opens so many and has each read a first word. */
  StoppedReaders(String address, String corpus, int count, OnDisconnect onDisconnect) {
    for (int i = 0; i < count; i++) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(address).usePlaintext().flowControlWindow(WINDOW).build();
      AskServiceBlockingStub stub = AskServiceGrpc.newBlockingStub(channel);
      StreamAskRequest request =
          StreamAskRequest.newBuilder()
              .setCorpus(Names.corpus(corpus))
              .setQuestion("How is data stored? " + FloodLlm.FLOOD + " " + i)
              .setOnDisconnect(onDisconnect)
              .build();
      Reader reader = new Reader(channel, stub, stub.streamAsk(request));
      // One after the other: a hundred questions at once are not what is measured.
      reader.readOn(1);
      readers.add(reader);
    }
  }

  /** Has each read so many more words. */
  void readOn(int words) {
    readers.forEach(reader -> reader.readOn(words));
  }

  /** Stops the answers. */
  void cancel() {
    for (Reader reader : readers) {
      String name = reader.next().getAnswer();
      var _ = reader.stub().cancelAnswer(CancelAnswerRequest.newBuilder().setName(name).build());
    }
  }

  /** Breaks the connections. */
  void leave() {
    for (Reader reader : readers) {
      var _ = reader.channel().shutdownNow();
    }
  }

  @Override
  public void close() {
    leave();
  }
}
