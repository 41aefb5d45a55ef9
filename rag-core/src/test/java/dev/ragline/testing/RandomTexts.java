package dev.ragline.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that are hard on whoever cuts them, and random cuts of them. */
public final class RandomTexts {
  private static final List<String> ATOMS =
      List.of(
          "a",
          "stored in etcd",
          " ",
          "  ",
          "\n",
          ". ",
          ",",
          "é",
          "e\u0301",
          "向量数据库",
          "。",
          "مرحبا",
          "\u0647\u064E",
          "😀",
          "👩‍👩‍👧",
          "🇫🇮",
          "\u200D",
          "\uD83D",
          "\uDE00",
          "\uD83D\uD83D",
          "\u0000",
          "𝔘",
          "(",
          "x9");

  private RandomTexts() {}

  /** A text with lone surrogates, emoji, joined sequences and several scripts. */
  public static String text(Random random, int atoms) {
    return mixed(random, atoms, List.of());
  }

  /** The same with more kinds of pieces mixed in. */
  public static String mixed(Random random, int atoms, List<String> more) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < atoms; i++) {
      boolean ours = more.isEmpty() || random.nextInt(3) > 0;
      List<String> from = ours ? ATOMS : more;
      text.append(from.get(random.nextInt(from.size())));
    }
    return text.toString();
  }

  /** The text in pieces of random length, empty ones among them. */
  public static List<String> cut(Random random, String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(text.length(), start + random.nextInt(5));
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }
}
