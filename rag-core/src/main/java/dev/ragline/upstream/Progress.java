package dev.ragline.upstream;

/** Is told when a request has brought something. */
@FunctionalInterface
public interface Progress {
  /** Something was handed over, which nobody can take back: nobody else is asked any more. */
  void begun();
}
