package dev.ragline.generation.openai;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names by which endpoints tell which model answered. */
final class ModelNames {
  private static final Pattern ABSOLUTE = Pattern.compile("/.+|[A-Za-z]:[\\\\/].+|\\\\\\\\.+");
  private static final Pattern LAST = Pattern.compile("([^\\\\/]+)[\\\\/]*$");
  private static final Set<String> WEIGHTS = Set.of("gguf", "safetensors", "bin");

  private ModelNames() {}

  /**
   * A name as callers are told it: llama.cpp gives the path of its weights, whose folders are no
   * business of theirs. A path that was asked for by itself is the model's name.
   */
  static String shown(String told, String asked) {
    Matcher last = LAST.matcher(told);
    if (!ABSOLUTE.matcher(told).matches() || !last.find()) {
      return told;
    }
    String file = last.group(1);
    return isWeights(file) || !told.equals(asked) ? file : told;
  }

  private static boolean isWeights(String file) {
    return WEIGHTS.contains(file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
