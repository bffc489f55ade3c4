package io.bodybroker.bench.payload;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Messages as the game sends them, filled by what their fields' names mean; the same ones for the
 * same seed. Not thread-safe.
 *
 * <p>A page of a list has {@value #PAGE} elements, other lists some. Most fields are set; what asks
 * for a page or is optional seldom is, as in real calls.
 */
final class Samples {
  /** Elements of the list that a {@code List…} or {@code Query…} answers with. */
  static final int PAGE = 20;

  /** 26 November 2025, in seconds since 1970. */
  private static final long TODAY = 1_764_115_200L;

  private static final Set<String> OF_CALENDAR =
      Set.of("year", "month", "day", "hour", "minute", "second");

  private static final int DEEPEST = 6;

  private final RandomGenerator random;
  private final Vocabulary vocabulary;

  Samples(RandomGenerator random) {
    this.random = random;
    this.vocabulary = new Vocabulary(random);
  }

  /** A message like this one. */
  Message like(Message prototype) {
    return fill(prototype.newBuilderForType(), 0);
  }

  private Message fill(Message.Builder builder, int depth) {
    Descriptor type = builder.getDescriptorForType();
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" -> timestamp();
      case "google.protobuf.Duration" -> duration();
      case "google.protobuf.Struct" -> document();
      case "google.protobuf.Value" -> value(vocabulary.property());
      default -> {
        for (FieldDescriptor field : type.getFields()) {
          fill(builder, field, depth);
        }
        yield builder.build();
      }
    };
  }

  private void fill(Message.Builder builder, FieldDescriptor field, int depth) {
    var oneof = field.getRealContainingOneof();
    if (oneof != null && !oneof.getFields().get(oneof.getFieldCount() / 2).equals(field)) {
      return;
    }
    boolean isNested = field.getJavaType() == JavaType.MESSAGE && !field.isMapField();
    if (random.nextDouble() > chance(field) || (isNested && depth >= DEEPEST)) {
      return;
    }
    if (!field.isRepeated()) {
      builder.setField(field, single(builder, field, depth));
      return;
    }
    int count = isPage(field) ? PAGE : random.nextInt(1, 5);
    for (int i = 0; i < count; i++) {
      builder.addRepeatedField(
          field,
          field.isMapField() ? entry(builder, field, i, depth) : single(builder, field, depth));
    }
  }

  private static double chance(FieldDescriptor field) {
    if (field.getName().equals("next_page_token")) {
      return 0.8;
    }
    if (field.getName().startsWith("page_") || isOptional(field)) {
      return 0.3;
    }
    return field.getJavaType() == JavaType.BOOLEAN ? 0.4 : 0.9;
  }

  private static boolean isOptional(FieldDescriptor field) {
    return field.hasPresence()
        && field.getJavaType() != JavaType.MESSAGE
        && field.getRealContainingOneof() == null;
  }

  /** The elements beside {@code next_page_token}. */
  private static boolean isPage(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && !field.isMapField()
        && field.getContainingType().findFieldByName("next_page_token") != null;
  }

  private Message entry(Message.Builder builder, FieldDescriptor field, int number, int depth) {
    Message.Builder entry = builder.newBuilderForField(field);
    var fields = field.getMessageType();
    FieldDescriptor key = fields.findFieldByName("key");
    // Different keys: one that is the same would be lost.
    entry.setField(
        key,
        key.getJavaType() == JavaType.STRING
            ? List.of("region", "build", "platform", "season").get(number)
            : single(entry, key, depth + 1));
    FieldDescriptor value = fields.findFieldByName("value");
    entry.setField(
        value,
        value.getJavaType() == JavaType.STRING
            ? List.of("eu-central", "2025.11.3", "windows", "3").get(number)
            : single(entry, value, depth + 1));
    return entry.build();
  }

  private Object single(Message.Builder builder, FieldDescriptor field, int depth) {
    String name = field.getName();
    return switch (field.getJavaType()) {
      case MESSAGE -> fill(builder.newBuilderForField(field), depth + 1);
      case STRING -> vocabulary.text(name);
      case BOOLEAN -> true;
      case INT -> (int) whole(name);
      case LONG -> whole(name);
      case DOUBLE -> fraction(name);
      case FLOAT -> (float) fraction(name);
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(values.size() == 1 ? 0 : random.nextInt(1, values.size()));
      }
      case BYTE_STRING -> {
        byte[] bytes = new byte[64];
        random.nextBytes(bytes);
        yield ByteString.copyFrom(bytes);
      }
    };
  }

  private long whole(String name) {
    if (name.contains("seed")) {
      return random.nextLong();
    }
    if (name.endsWith("version") || name.endsWith("position") || name.endsWith("sequence")) {
      return random.nextLong(1, 50_000);
    }
    if (name.endsWith("balance") || name.endsWith("amount") || name.endsWith("price")) {
      return random.nextLong(10, 100_000);
    }
    if (OF_CALENDAR.contains(name)) {
      return random.nextLong(1, 28);
    }
    return random.nextLong(1, 500);
  }

  /** Half of them as a person or a rule wrote them, half as they were computed. */
  private double fraction(String name) {
    double most = name.endsWith("meters") || name.equals("x") || name.equals("y") ? 2_000 : 1;
    double computed = random.nextDouble() * most;
    return random.nextBoolean() ? computed : Math.round(computed * 100) / 100.0;
  }

  private Timestamp timestamp() {
    // As services store them: to the microsecond.
    return Timestamp.newBuilder()
        .setSeconds(TODAY + random.nextInt(86_400))
        .setNanos(random.nextInt(1_000_000) * 1_000)
        .build();
  }

  private Duration duration() {
    return Duration.newBuilder()
        .setSeconds(random.nextInt(3_600))
        .setNanos(random.nextInt(1_000) * 1_000_000)
        .build();
  }

  private Struct document() {
    var document = Struct.newBuilder();
    int count = random.nextInt(3, 7);
    for (int i = 0; i < count; i++) {
      String name = vocabulary.property();
      document.putFields(name, value(name));
    }
    var place =
        Struct.newBuilder()
            .putFields("x", number(fraction("x")))
            .putFields("y", number(fraction("y")))
            .putFields("zone", text(vocabulary.text("zone_id")));
    return document.putFields("position", Value.newBuilder().setStructValue(place).build()).build();
  }

  private Value value(String property) {
    return switch (property) {
      case "mood", "weapon" -> text(List.of("content", "wary", "bone saw").get(random.nextInt(3)));
      case "lastSeenIn" -> text(vocabulary.text("zone_id"));
      case "isHostile" -> Value.newBuilder().setBoolValue(random.nextBoolean()).build();
      default -> number(random.nextInt(1_000));
    };
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }
}
