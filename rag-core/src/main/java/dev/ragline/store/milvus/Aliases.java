package dev.ragline.store.milvus;

import dev.ragline.document.Deadline;
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
  Optional<String> find(String alias, Deadline deadline) {
    String what = "looking for " + alias;
    try {
      return connection.attempt(
          what,
          deadline,
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
      throw MilvusFailures.of(what, connection.config().uri(), deadline, e);
    }
  }

  /** Sets an alias; returns whether it now stands for the collection, and not for another one. */
  boolean set(String alias, String collection, Deadline deadline) {
    String what = "naming " + collection;
    try {
      return connection.attempt(
          what,
          deadline,
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
      Optional<String> holder = find(alias, deadline);
      if (holder.isEmpty()) {
        throw MilvusFailures.of(what, connection.config().uri(), deadline, e);
      }
      return holder.get().equals(collection);
    }
  }

  /** Takes an alias away from a collection, if it stands for it. */
  void drop(String alias, String collection, Deadline deadline) {
    if (find(alias, deadline).filter(collection::equals).isPresent()) {
      connection.run(
          "dropping " + alias,
          deadline,
          client ->
              client.dropAlias(
                  DropAliasReq.builder().databaseName(database()).alias(alias).build()));
    }
  }

  /** Drops a collection; one that is not there is passed over. */
  void dropCollection(String name, Deadline deadline) {
    connection.run(
        "dropping " + name,
        deadline,
        client ->
            client.dropCollection(
                DropCollectionReq.builder().databaseName(database()).collectionName(name).build()));
  }
}
