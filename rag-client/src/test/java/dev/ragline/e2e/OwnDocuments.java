package dev.ragline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A small team's documents, in several scripts, with file names that are hard on ids. */
final class OwnDocuments {
  /** The documents by their place below the folder. */
  static final Map<String, String> TEXTS =
      Map.of(
          "runbook.md",
          """
          # Runbook 🚒

          ## How do we rotate the signing key?

          Run `keytool rotate` on the vault host 🔑. The old key stays valid for seven days.

          ## Where are backups kept?

          Backups are written to the cold bucket in Oulu every night. They are kept for 30 days.
          """,
          "team notes/lunch & coffee.txt",
          "The coffee machine ☕ is cleaned on Fridays.\n\n"
              + "Lunch is served at noon in the canteen.\n",
          "手册/向量数据库.md",
          """
          # 向量数据库手册

          ## 数据存储在哪里？

          向量数据存储在对象存储里。元数据存储在 etcd 里。

          ## 如何备份？

          每天晚上自动备份一次。
          """,
          "دليل/نسخ احتياطي.md",
          """
          # دليل النسخ الاحتياطي

          ## أين تُحفظ النسخ الاحتياطية؟

          تُحفظ النسخ الاحتياطية في مخزن بارد كل ليلة.
          """,
          "odd ~ 100% names/~draft%2F.md",
          "# Draft\n\nThe zeppelin 𝔷𝔢𝔭𝔭 project starts in spring. 👩‍👩‍👧 are welcome.\n");

  private OwnDocuments() {}

  /** Writes the documents below a folder. */
  static void write(Path folder) throws IOException {
    for (Map.Entry<String, String> text : TEXTS.entrySet()) {
      Path file = folder.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
  }

  /** The text of the document at a place. */
  static String text(String place) {
    return Objects.requireNonNull(TEXTS.get(place), place);
  }

  /** The document id that the command line makes of a place. */
  static String id(String place) {
    return place.replace("%", "%25").replace("~", "%7E").replace("/", "~");
  }
}
