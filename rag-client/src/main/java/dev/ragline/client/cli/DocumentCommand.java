package dev.ragline.client.cli;

import picocli.CommandLine.Command;

/** {@code rag document}: looks after a corpus's documents. */
@Command(name = "document", description = "Lists, shows, prints and deletes documents.")
final class DocumentCommand extends Group {}
