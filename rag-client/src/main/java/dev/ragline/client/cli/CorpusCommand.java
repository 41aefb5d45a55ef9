package dev.ragline.client.cli;

import picocli.CommandLine.Command;

/** {@code rag corpus}: looks after corpora. */
@Command(name = "corpus", description = "Lists, shows, changes, deletes and copies corpora.")
final class CorpusCommand extends Group {}
