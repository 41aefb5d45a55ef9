package dev.ragline.client.cli;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.ragline.v1.MetadataField;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is said of the documents that are ingested. */
final class MetadataOptions {
  @Option(
      names = "--metadata",
      paramLabel = "NAME=VALUE",
      description =
          "What is said of every document, for --filter to ask for; by the corpus's metadata"
              + " schema. Again for another field, or for another value of a list.")
  private List<String> pairs = List.of();

  void check() {
    for (String pair : pairs) {
      if (pair.indexOf('=') < 1) {
        throw CommandException.usage(
            "--metadata takes name=value, as team=search, not '%s'".formatted(pair));
      }
    }
  }

  /** The values with the types that a corpus's schema gives them. */
  Struct typed(List<MetadataField> schema) {
    Struct.Builder metadata = Struct.newBuilder();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, equals);
      String text = pair.substring(equals + 1);
      Optional<Value> before = Optional.ofNullable(metadata.getFieldsMap().get(name));
      metadata.putFields(name, value(field(schema, name), text, before));
    }
    return metadata.build();
  }

  private static MetadataField field(List<MetadataField> schema, String name) {
    return MetadataFields.find(schema, name)
        .orElseThrow(
            () ->
                CommandException.failed(
                    "the corpus has no metadata %s; --metadata-schema %s:string adds it"
                        .formatted(name, name)));
  }

  private static Value value(MetadataField field, String text, Optional<Value> before) {
    Value.Builder value = Value.newBuilder();
    switch (field.getType()) {
      case METADATA_TYPE_STRING_LIST -> {
        ListValue.Builder list =
            before.map(Value::getListValue).orElse(ListValue.getDefaultInstance()).toBuilder();
        return value.setListValue(list.addValues(Value.newBuilder().setStringValue(text))).build();
      }
      case METADATA_TYPE_INT, METADATA_TYPE_DOUBLE -> value.setNumberValue(number(field, text));
      case METADATA_TYPE_BOOL -> value.setBoolValue(bool(field, text));
      default -> value.setStringValue(text);
    }
    if (before.isPresent()) {
      throw CommandException.usage(
          "--metadata %s is given twice, and is no list".formatted(field.getName()));
    }
    return value.build();
  }

  private static double number(MetadataField field, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw mismatch(field, text);
    }
  }

  private static boolean bool(MetadataField field, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw mismatch(field, text);
    };
  }

  private static CommandException mismatch(MetadataField field, String text) {
    return CommandException.usage(
        "--metadata %s=%s is not what the corpus has: %s"
            .formatted(field.getName(), text, MetadataFields.describe(List.of(field))));
  }
}
