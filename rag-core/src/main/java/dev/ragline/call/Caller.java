package dev.ragline.call;

import java.util.Objects;

/**
 * Who makes a call.
 *
 * @param name what the caller is known by
 */
public record Caller(String name) {
  /** Anybody: the server asks nobody for credentials. */
  public static final Caller ANONYMOUS = new Caller("anonymous");

  /** The server itself: warm-up, sweeps, evaluations. */
  public static final Caller SERVER = new Caller("server");

  public Caller {
    Objects.requireNonNull(name);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a caller has a name");
    }
  }
}
