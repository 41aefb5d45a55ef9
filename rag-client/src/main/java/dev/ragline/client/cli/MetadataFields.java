package dev.ragline.client.cli;

import dev.ragline.v1.Corpus;
import dev.ragline.v1.MetadataField;
import dev.ragline.v1.MetadataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fields of metadata as they are written on the command line, {@code name:type}. */
final class MetadataFields {
  private static final String TYPE = "METADATA_TYPE_";

  private MetadataFields() {}

  static MetadataField parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String type = text.substring(colon + 1).strip();
    if (colon < 1) {
      throw CommandException.usage(
          "--metadata-schema takes name:type, as team:string, not '%s'".formatted(text));
    }
    return MetadataField.newBuilder()
        .setName(name.strip())
        .setType(
            type(type)
                .orElseThrow(
                    () ->
                        CommandException.usage(
                            "'%s' is no type of metadata; there are %s".formatted(type, types()))))
        .build();
  }

  private static Optional<MetadataType> type(String word) {
    return known().filter(type -> describe(type).equals(word)).findFirst();
  }

  private static String types() {
    return known().map(MetadataFields::describe).collect(Collectors.joining(", "));
  }

  private static Stream<MetadataType> known() {
    return Arrays.stream(MetadataType.values())
        .filter(type -> type != MetadataType.METADATA_TYPE_UNSPECIFIED)
        .filter(type -> type != MetadataType.UNRECOGNIZED);
  }

  private static String describe(MetadataType type) {
    return type.name().replace(TYPE, "").toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As they are written on the command line. */
  static String describe(List<MetadataField> fields) {
    return fields.stream()
        .map(field -> Text.oneLine(field.getName()) + ":" + describe(field.getType()))
        .collect(Collectors.joining(", "));
  }

  static Optional<MetadataField> find(List<MetadataField> fields, String name) {
    return fields.stream().filter(field -> field.getName().equals(name)).findFirst();
  }

  /**
   * The corpus with the fields that are asked for and that it lacks, if it lacks any.
   *
   * @throws CommandException when it has one of them with another type
   */
  static Optional<Corpus> missing(Corpus there, Corpus asked, String id) {
    List<MetadataField> all = new ArrayList<>(there.getMetadataSchemaList());
    for (MetadataField field : asked.getMetadataSchemaList()) {
      Optional<MetadataField> same = find(there.getMetadataSchemaList(), field.getName());
      if (same.isEmpty()) {
        all.add(field);
      } else if (same.get().getType() != field.getType()) {
        throw CommandException.failed(
            "the metadata of corpus %s have %s, not %s; --recreate builds it anew"
                    .formatted(id, describe(List.of(same.get())), describe(List.of(field)))
                + " (METADATA_MISMATCH)");
      }
    }
    return all.size() == there.getMetadataSchemaCount()
        ? Optional.empty()
        : Optional.of(there.toBuilder().clearMetadataSchema().addAllMetadataSchema(all).build());
  }
}
