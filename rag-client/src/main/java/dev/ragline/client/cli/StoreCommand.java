package dev.ragline.client.cli;

import picocli.CommandLine.Command;

/** {@code rag store}: looks after stores. */
@Command(name = "store", description = "Checks a store, without a server.")
final class StoreCommand extends Group {}
