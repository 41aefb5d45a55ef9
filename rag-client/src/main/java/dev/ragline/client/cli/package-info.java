/**
 * The {@code rag} command line: one class a command over {@link dev.ragline.client.RagClient}. What
 * a command sees of the outside comes through {@link dev.ragline.client.cli.Shell}; what it gives
 * back is an {@link dev.ragline.client.cli.ExitCode}.
 */
@NullMarked
package dev.ragline.client.cli;

import org.jspecify.annotations.NullMarked;
