package dev.ragline.server.doctor;

import dev.ragline.document.RagException;
import java.util.List;

/** What can be done about a failure, by its reason. */
final class Advice {
  /** By the end of the reason; the first that fits counts. */
  private record Cure(String reason, String advice) {}

  private static final List<Cure> CURES =
      List.of(
          new Cure("KEY_REFUSED", "Put a key of this endpoint into that variable."),
          new Cure(
              "INVALID_FIELD", "Correct that setting; the guide says what a model's folder holds."),
          new Cure("QUOTA_SPENT", "Top up the account, or name another endpoint beside it."),
          new Cure(
              "MODEL_UNKNOWN",
              "Name a model that it has (--llm-model, --embedding-model), or correct the address,"
                  + " which often ends with /v1."),
          new Cure("REFUSED_REQUEST", "Change what it complains of, or try the other --llm-api."),
          new Cure("RATE_LIMITED", "Ask again later, or name another endpoint beside it."),
          new Cure("UNREACHABLE", "Start it, or correct its address."),
          new Cure("HUNG_UP", "See what its log says, and whether https:// is meant."),
          new Cure("INTERRUPTED", "See what its log says."),
          new Cure("FAILED", "See what its log says."),
          new Cure("UNUSABLE", "Correct the address, which often ends with /v1, or the API."),
          new Cure(
              "STORE_LOCKED",
              "A server that runs is asked by rag health; stop it to check its store, or name"
                  + " another --store."),
          new Cure("DISK_FULL", "Make room on the disk."),
          new Cure("STORE_FOLDER", "Give the folder to the user that runs this, or name another."),
          new Cure("STORE_UNAVAILABLE", "Start Milvus, or correct --store."),
          new Cure("STORE_CREDENTIALS_REFUSED", "Put the right token into RAGLINE_STORE_TOKEN."));

  private Advice() {}

  /** What failed and what to do, in sentences. */
  static String on(RagException failure) {
    String advice =
        CURES.stream()
            .filter(cure -> failure.reason().endsWith(cure.reason()))
            .map(Cure::advice)
            .findFirst()
            .orElse("");
    String said = sentence(String.valueOf(failure.getMessage()), failure.reason());
    return advice.isEmpty() ? said : said + " " + advice;
  }

  private static String sentence(String message, String reason) {
    String begun = message.startsWith("the ") ? "T" + message.substring(1) : message;
    return begun + " (" + reason + ").";
  }
}
