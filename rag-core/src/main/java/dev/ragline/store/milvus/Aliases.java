package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import java.util.Optional;

/**
 * Which collection a corpus's name means. Milvus sets an alias for one of those who try at the same
 * time, which is what decides between them.
 */
final class Aliases {
  private final MilvusConnection connection;

  Aliases(MilvusConnection connection) {
    this.connection = connection;
  }

  private String database() {
    return connection.config().database();
  }

  /** The collection that an alias stands for. */
  Optional<String> find(String alias, Call call) {
    String what = "looking for " + alias;
    try {
      return connection.attempt(
          what,
          call,
          client ->
              Optional.of(
                  client
                      .describeAlias(
                          DescribeAliasReq.builder().databaseName(database()).alias(alias).build())
                      .getCollectionName()));
    } catch (MilvusClientException e) {
      if (MilvusFailures.isMissing(e) || MilvusFailures.isMissingAlias(e)) {
        return Optional.empty();
      }
      throw MilvusFailures.of(what, connection.config().uri(), call, e);
    }
  }

  /** Sets an alias; returns whether it now stands for the collection, and not for another one. */
  boolean set(String alias, String collection, Call call) {
    String what = "naming " + collection;
    try {
      return connection.attempt(
          what,
          call,
          client -> {
            client.createAlias(
                CreateAliasReq.builder()
                    .databaseName(database())
                    .alias(alias)
                    .collectionName(collection)
                    .build());
            return true;
          });
    } catch (MilvusClientException e) {
      Optional<String> holder = find(alias, call);
      if (holder.isEmpty()) {
        throw MilvusFailures.of(what, connection.config().uri(), call, e);
      }
      return holder.get().equals(collection);
    }
  }

  /** Takes an alias away from a collection, if it stands for it. */
  void drop(String alias, String collection, Call call) {
    if (find(alias, call).filter(collection::equals).isPresent()) {
      connection.run(
          "dropping " + alias,
          call,
          client ->
              client.dropAlias(
                  DropAliasReq.builder().databaseName(database()).alias(alias).build()));
    }
  }

  /** Drops a collection; one that is not there is passed over. */
  void dropCollection(String name, Call call) {
    connection.run(
        "dropping " + name,
        call,
        client ->
            client.dropCollection(
                DropCollectionReq.builder().databaseName(database()).collectionName(name).build()));
  }
}
