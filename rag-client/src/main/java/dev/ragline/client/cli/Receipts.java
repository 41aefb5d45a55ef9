package dev.ragline.client.cli;

import dev.ragline.v1.Receipt;

/** Adds receipts up. */
final class Receipts {
  private Receipts() {}

  /** Adds the counts of one more; its consistency token is the caller's matter. */
  static void add(Receipt.Builder sum, Receipt receipt) {
    sum.setAdded(sum.getAdded() + receipt.getAdded())
        .setChanged(sum.getChanged() + receipt.getChanged())
        .setUnchanged(sum.getUnchanged() + receipt.getUnchanged())
        .setRemoved(sum.getRemoved() + receipt.getRemoved())
        .setEmbedded(sum.getEmbedded() + receipt.getEmbedded());
  }
}
