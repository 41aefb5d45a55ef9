package dev.ragline.server.config;

/** Tells what is somewhere else from what is here. */
final class Addresses {
  private Addresses() {}

  /** Whether a value is an http(s) URL. */
  static boolean isUrl(String value) {
    return value.startsWith("http://") || value.startsWith("https://");
  }
}
