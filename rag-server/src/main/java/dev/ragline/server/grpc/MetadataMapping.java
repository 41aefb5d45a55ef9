package dev.ragline.server.grpc;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.RagException;
import dev.ragline.v1.MetadataType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Metadata and their schemas between the wire and the core. */
final class MetadataMapping {
  private static final String TYPE = "METADATA_TYPE_";

  private MetadataMapping() {}

  /** As JSON has it; the corpus's schema types it later. */
  static Metadata fromProto(Struct struct) {
    TreeMap<String, MetadataValue> values = new TreeMap<>();
    struct
        .getFieldsMap()
        .forEach(
            (name, value) -> {
              String path = "metadata." + name;
              values.put(name, Fields.at(path, () -> fromProto(path, value)));
            });
    return new Metadata(values);
  }

  private static MetadataValue fromProto(String path, Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> new MetadataValue.Text(value.getStringValue());
      case NUMBER_VALUE -> new MetadataValue.Decimal(value.getNumberValue());
      case BOOL_VALUE -> new MetadataValue.Truth(value.getBoolValue());
      case LIST_VALUE -> new MetadataValue.Texts(texts(path, value.getListValue()));
      case NULL_VALUE, STRUCT_VALUE, KIND_NOT_SET ->
          throw RagException.invalid(
              path, "must be a string, a number, true, false or a list of strings");
    };
  }

  private static List<String> texts(String path, ListValue list) {
    List<String> texts = new ArrayList<>();
    for (Value value : list.getValuesList()) {
      if (!value.hasStringValue()) {
        throw RagException.invalid(path, "is a list, whose values must be strings");
      }
      texts.add(value.getStringValue());
    }
    return texts;
  }

  static Struct toProto(Metadata metadata) {
    Struct.Builder struct = Struct.newBuilder();
    metadata.values().forEach((name, value) -> struct.putFields(name, toProto(value)));
    return struct.build();
  }

  private static Value toProto(MetadataValue value) {
    Value.Builder proto = Value.newBuilder();
    return switch (value) {
      case MetadataValue.Text(String text) -> proto.setStringValue(text).build();
      case MetadataValue.Whole(long number) -> proto.setNumberValue((double) number).build();
      case MetadataValue.Decimal(double number) -> proto.setNumberValue(number).build();
      case MetadataValue.Truth(boolean truth) -> proto.setBoolValue(truth).build();
      case MetadataValue.Time time -> proto.setStringValue(time.value().toString()).build();
      case MetadataValue.Texts(List<String> texts) -> {
        ListValue.Builder list = ListValue.newBuilder();
        texts.forEach(text -> list.addValues(Value.newBuilder().setStringValue(text)));
        yield proto.setListValue(list).build();
      }
    };
  }

  static List<MetadataField> fromProto(List<dev.ragline.v1.MetadataField> fields) {
    return fields.stream().map(MetadataMapping::fromProto).toList();
  }

  private static MetadataField fromProto(dev.ragline.v1.MetadataField field) {
    dev.ragline.document.MetadataType type =
        switch (field.getType()) {
          case METADATA_TYPE_STRING -> dev.ragline.document.MetadataType.STRING;
          case METADATA_TYPE_INT -> dev.ragline.document.MetadataType.INT;
          case METADATA_TYPE_DOUBLE -> dev.ragline.document.MetadataType.DOUBLE;
          case METADATA_TYPE_BOOL -> dev.ragline.document.MetadataType.BOOL;
          case METADATA_TYPE_TIMESTAMP -> dev.ragline.document.MetadataType.TIMESTAMP;
          case METADATA_TYPE_STRING_LIST -> dev.ragline.document.MetadataType.STRING_LIST;
          case METADATA_TYPE_UNSPECIFIED, UNRECOGNIZED ->
              throw RagException.invalid(
                  "metadata_schema", "field " + field.getName() + " has no type");
        };
    return new MetadataField(field.getName(), type);
  }

  static List<dev.ragline.v1.MetadataField> toProto(MetadataSchema schema) {
    return schema.fields().stream()
        .map(
            field ->
                dev.ragline.v1.MetadataField.newBuilder()
                    .setName(field.name())
                    .setType(MetadataType.valueOf(TYPE + field.type().name()))
                    .build())
        .toList();
  }
}
