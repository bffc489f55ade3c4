package io.bodybroker.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds fields by the names JSON may use: {@code worldId}, or {@code world_id} as the contract
 * writes it.
 *
 * <p>Thread-safe.
 */
public final class FieldNames {
  private static final int MAX_NAMES = 30;

  private final Map<Descriptor, Map<String, FieldDescriptor>> types = new ConcurrentHashMap<>();

  /** The field of this name, or null. */
  public @Nullable FieldDescriptor find(Descriptor type, String name) {
    return types.computeIfAbsent(type, FieldNames::index).get(name);
  }

  private static Map<String, FieldDescriptor> index(Descriptor type) {
    var fields = new HashMap<String, FieldDescriptor>();
    for (FieldDescriptor field : type.getFields()) {
      fields.put(field.getJsonName(), field);
      fields.put(field.getName(), field);
    }
    return fields;
  }

  /** What could have been meant, for the one who sent a name that is not there. */
  public static String expected(Descriptor type) {
    if (type.getFields().isEmpty()) {
      return "no field, " + type.getName() + " has none";
    }
    return type.getFields().stream()
        .limit(MAX_NAMES)
        .map(FieldDescriptor::getJsonName)
        .collect(Collectors.joining(", ", "a field of " + type.getName() + ": ", ""));
  }
}
