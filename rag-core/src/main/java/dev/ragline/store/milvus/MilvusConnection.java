package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.execution.WaitingThreads;
import io.milvus.common.utils.GTsDict;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.orm.iterator.QueryIterator;
import io.milvus.orm.iterator.RpcStubWrapper;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.common.DataType;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.vector.request.QueryIteratorReq;
import io.milvus.v2.utils.ClientUtils;
import io.milvus.v2.utils.RpcUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls a Milvus. The SDK's client stands on a channel of ours: its own waits for a server that is
 * away instead of failing, and its retries know no deadline. Here each call ends by its caller's
 * deadline, and what may succeed a moment later is tried {@value #TRIES} times.
 */
final class MilvusConnection implements AutoCloseable {
  private static final int TRIES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final MilvusStoreConfig config;
  private final ManagedChannel channel;
  private final MilvusServiceGrpc.MilvusServiceBlockingStub stub;
  private final MilvusClientV2 client;
  private final Turns turns;

  private final Execution execution;

  /**
   * Connects with the first call.
   *
   * @param execution wakes calls whose deadline passes
   */
  MilvusConnection(MilvusStoreConfig config, Execution execution) {
    TlsFiles.requireUsable(config.tls());
    this.config = config;
    this.execution = execution;
    this.turns = new Turns(config.uri().getAuthority() + "/" + config.database());
    this.channel = new ClientUtils().getChannel(connectConfig(config));
    this.client = new MilvusClientV2(null);
    this.stub = MilvusServiceGrpc.newBlockingStub(channel);
    client.setBlockingStub(stub);
    client.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
  }

  private static ConnectConfig connectConfig(MilvusStoreConfig config) {
    var builder =
        ConnectConfig.builder()
            .uri(config.uri().toString())
            .dbName(config.database())
            .connectTimeoutMs(config.connectTimeout().toMillis());
    if (!config.token().isEmpty()) {
      builder.token(config.token());
    }
    boolean tls = config.uri().getScheme().equals("https");
    String serverName = config.tls().serverName();
    Path ca = config.tls().caFile();
    Path certificate = config.tls().certFile();
    Path key = config.tls().keyFile();
    if (tls && serverName != null) {
      builder.serverName(serverName);
    }
    if (tls && ca != null && certificate != null && key != null) {
      builder.caPemPath(ca.toString());
      builder.clientPemPath(certificate.toString());
      builder.clientKeyPath(key.toString());
    } else if (tls && ca != null) {
      builder.serverPemPath(ca.toString());
      builder.serverName(serverName == null ? config.uri().getHost() : serverName);
    }
    return builder.secure(tls).build();
  }

  /** The rows that a request asks for, page by page; the client's own way needs its own channel. */
  QueryIterator iterate(QueryIteratorReq request, String key) {
    var keyField =
        CreateCollectionReq.FieldSchema.builder().name(key).dataType(DataType.VarChar).build();
    return new QueryIterator(request, new RpcStubWrapper(stub, 0), keyField);
  }

  /** Has what was written sealed soon; the client's own way waits for it, by its own channel. */
  void flush(String collection) {
    FlushRequest request =
        FlushRequest.newBuilder()
            .setDbName(config.database())
            .addCollectionNames(collection)
            .build();
    new RpcUtils().handleResponse("flushing", stub.flush(request).getStatus());
  }

  /** What is called. */
  MilvusStoreConfig config() {
    return config;
  }

  /** Threads for what waits for Milvus. */
  WaitingThreads waiting() {
    return execution.waiting();
  }

  /** Which calls wait for which. */
  Turns turns() {
    return turns;
  }

  /**
   * Calls.
   *
   * @param what the call, for people, as in "while searching"
   * @throws RagException when it fails
   */
  <T> T call(String what, Call call, Function<MilvusClientV2, T> request) {
    try {
      return attempt(what, call, request);
    } catch (MilvusClientException e) {
      throw MilvusFailures.of(what, config.uri(), call, e);
    }
  }

  /** The same for a call that returns nothing. */
  void run(String what, Call call, java.util.function.Consumer<MilvusClientV2> request) {
    boolean _ =
        call(
            what,
            call,
            c -> {
              request.accept(c);
              return true;
            });
  }

  /**
   * The same, but leaves Milvus's failures to the caller.
   *
   * @throws RagException DEADLINE_EXCEEDED or CANCELLED before a call
   */
  <T> T attempt(String what, Call call, Function<MilvusClientV2, T> request) {
    Duration pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      call.check(what);
      try {
        return once(call, request);
      } catch (MilvusClientException e) {
        if (tries == TRIES || !MilvusFailures.isTransient(e)) {
          throw e;
        }
        // A server that was away longer would be tried again only after minutes.
        channel.resetConnectBackoff();
        pause(what, call, pause);
        pause = pause.multipliedBy(4);
      }
    }
  }

  private <T> T once(Call call, Function<MilvusClientV2, T> request) {
    long nanos = call.remaining(config.callTimeout()).toNanos();
    Context.CancellableContext context =
        Context.current()
            .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS, execution.timer().scheduler());
    Context before = context.attach();
    try {
      return request.apply(client);
    } catch (StatusRuntimeException e) {
      throw new MilvusClientException(ErrorCode.RPC_ERROR, e);
    } finally {
      context.detach(before);
      context.cancel(null);
    }
  }

  private static void pause(String what, Call call, Duration pause) {
    try {
      Thread.sleep(call.remaining(pause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.check(what);
    }
  }

  /** The newest time that reads of a collection, by SESSION, are sure to see; 0 for any. */
  long guarantee(String collection) {
    @Nullable Long time = GTsDict.getInstance().getCollectionTs(key(collection));
    return time == null ? 0 : time;
  }

  /** Has reads of a collection, by SESSION, see all up to {@code time} at least. */
  void guarantee(String collection, long time) {
    if (time > 0) {
      GTsDict.getInstance().updateCollectionTs(key(collection), time);
    }
  }

  private String key(String collection) {
    return GTsDict.CombineCollectionName(config.database(), collection);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
