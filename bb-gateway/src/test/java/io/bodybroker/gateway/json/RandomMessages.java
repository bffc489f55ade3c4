package io.bodybroker.gateway.json;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import io.bodybroker.gateway.test.v1.Book;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** Messages with random content, the same for the same seed. */
public final class RandomMessages {
  private static final List<String> TEXTS =
      List.of("", "a", "<b>&'\"\\/", "\u0000\u001f\u2028", "äöü", "\ud83d\ude00", "true", "1e5");

  private RandomMessages() {}

  /** Fills some fields, and those of messages within to a depth. */
  public static Message.Builder fill(Message.Builder builder, Random random, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      if (random.nextInt(3) > 0) {
        continue;
      }
      if (!field.isRepeated()) {
        builder.setField(field, value(builder, field, random, depth));
        continue;
      }
      var keys = new HashSet<Object>();
      for (int count = random.nextInt(4); count > 0; count--) {
        Object value = value(builder, field, random, depth);
        if (!field.isMapField() || keys.add(key((Message) value))) {
          builder.addRepeatedField(field, value);
        }
      }
    }
    return builder;
  }

  private static Object key(Message entry) {
    return entry.getField(entry.getDescriptorForType().findFieldByNumber(1));
  }

  private static Object value(
      Message.Builder owner, FieldDescriptor field, Random random, int depth) {
    return switch (field.getJavaType()) {
      case INT -> pick(random, 0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt());
      case LONG -> pick(random, 0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong());
      case FLOAT ->
          pick(random, 0f, -0f, Float.NaN, Float.MAX_VALUE, Float.MIN_VALUE, random.nextFloat());
      case DOUBLE ->
          pick(
              random,
              0d,
              -0d,
              Double.NEGATIVE_INFINITY,
              Double.MAX_VALUE,
              Double.MIN_VALUE,
              random.nextDouble());
      case BOOLEAN -> random.nextBoolean();
      case STRING -> pick(random, TEXTS.toArray());
      case BYTE_STRING -> ByteString.copyFrom(bytes(random));
      case ENUM -> pick(random, field.getEnumType().getValues().toArray());
      case MESSAGE -> message(owner.newBuilderForField(field), random, depth);
    };
  }

  private static Message message(Message.Builder builder, Random random, int depth) {
    Descriptor type = builder.getDescriptorForType();
    return switch (WellKnown.of(type)) {
      case TIMESTAMP ->
          Timestamp.newBuilder()
              .setSeconds(random.nextLong(-62135596800L, 253402300800L))
              .setNanos(random.nextInt(1_000_000_000))
              .build();
      case DURATION -> Duration.newBuilder().setSeconds(random.nextInt(1000)).setNanos(5).build();
      case FIELD_MASK -> FieldMask.newBuilder().addPaths("foo_bar").addPaths("baz.qux").build();
      case VALUE -> free(random, depth);
      case STRUCT -> Struct.newBuilder().putFields("a", free(random, depth)).build();
      case LIST_VALUE -> ListValue.newBuilder().addValues(free(random, depth)).build();
      case ANY -> Any.pack(fill(Book.newBuilder(), random, 0).build());
      case WRAPPER -> fill(builder, random, 0).build();
      case NONE -> depth == 0 ? builder.build() : fill(builder, random, depth - 1).build();
    };
  }

  private static Value free(Random random, int depth) {
    var value = Value.newBuilder();
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> value.setNullValue(NullValue.NULL_VALUE).build();
      case 1 -> value.setBoolValue(random.nextBoolean()).build();
      case 2 -> value.setNumberValue(random.nextGaussian()).build();
      case 3 -> value.setStringValue((String) pick(random, TEXTS.toArray())).build();
      case 4 ->
          value.setListValue(ListValue.newBuilder().addValues(free(random, depth - 1))).build();
      default ->
          value.setStructValue(Struct.newBuilder().putFields("k", free(random, depth - 1))).build();
    };
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Object pick(Random random, Object... values) {
    return values[random.nextInt(values.length)];
  }
}
