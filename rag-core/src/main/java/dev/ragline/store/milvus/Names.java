package dev.ragline.store.milvus;

import dev.ragline.document.CorpusId;

/**
 * Names of collections. A corpus is the alias {@code prefix_corpus} of the collection {@code
 * prefix_corpus_identity}, so that its id is free again the moment it is deleted, while those who
 * still read go on. Milvus allows letters, digits and _ only: a _ of the id is written as {@code
 * __}, a - as {@code _m}. Neither is followed by what begins an identity, nor begins an id, so that
 * no two names are ever the same.
 */
record Names(String prefix) {
  /** What each document's current revision is, and what is being written. */
  String registry() {
    return prefix + "__registry";
  }

  /** The documents' bytes. */
  String contents() {
    return prefix + "__contents";
  }

  /** The alias by which a corpus is found. */
  String alias(CorpusId id) {
    return prefix + "_" + id.value().replace("_", "__").replace("-", "_m");
  }

  /** The collection of a corpus's chunks. */
  String chunks(CorpusId id, String identity) {
    return alias(id) + "_" + identity;
  }

  /** The identity within a collection's name. */
  static String identity(String collection) {
    return collection.substring(collection.lastIndexOf('_') + 1);
  }
}
