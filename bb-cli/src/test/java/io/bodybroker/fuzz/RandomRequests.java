package io.bodybroker.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.Rules;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Requests of any type, the same for the same seed. Those that keep the rules of the contract name
 * few things, so that they meet each other there.
 */
final class RandomRequests {
  private static final int DEPTH = 4;

  /** How much of a request is there, and what. */
  private enum Content {
    /** Whatever the types take. */
    ANY,
    /** What the rules allow. */
    ALLOWED,
    /** What the rules demand, and no more. */
    LEAST
  }

  private static final List<String> NAMES = List.of("ada", "w1", "zone-2", "default", "A_1", "x");

  /** Of every form that a rule demands and a name does not have. */
  private static final List<String> FORMED =
      List.of("p1", "d1", "q1", "7", "5.6", "callback.x", "txn-ada-1", "ada", "127.0.0.1");

  private static final List<String> TEXTS =
      List.of("", "a", "svc.>", "a.b", "\u0000", "ä\u2028", "\ud83d\ude00", "x".repeat(5_000));
  private static final List<Double> NUMBERS =
      List.of(0d, 1d, -1d, 1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY, 9e18, 0.5);

  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  /** Some of its fields, filled with whatever their types take. */
  Message any(Message type) {
    return fill(type.newBuilderForType(), DEPTH, Content.ANY);
  }

  /** What the rules demand, and some more that they allow. */
  Message allowed(Message type) {
    return fill(type.newBuilderForType(), DEPTH, Content.ALLOWED);
  }

  /** What the rules demand, and one field of each oneof. */
  Message least(Message type) {
    return fill(type.newBuilderForType(), DEPTH, Content.LEAST);
  }

  private Message fill(Message.Builder message, int depth, Content content) {
    if (content == Content.LEAST && message instanceof Duration.Builder duration) {
      // No time at all is what few of those who ask for a time can use.
      return duration.setNanos(20_000_000).build();
    }
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      OneofDescriptor oneof = field.getRealContainingOneof();
      if (oneof == null ? isWanted(field, content) : isChosen(message, field, oneof, content)) {
        set(message, field, depth, content);
      }
    }
    return message.build();
  }

  private boolean isWanted(FieldDescriptor field, Content content) {
    boolean isDemanded =
        rules(field).getRequired() || (!field.hasPresence() && rules(field).getMin() > 0);
    return switch (content) {
      case ANY -> random.nextBoolean();
      case ALLOWED -> isDemanded || random.nextBoolean();
      case LEAST -> isDemanded;
    };
  }

  /** Contracts want one of a oneof's fields, though no rule can say so. */
  private boolean isChosen(
      Message.Builder message, FieldDescriptor field, OneofDescriptor oneof, Content content) {
    boolean isLast = oneof.getFields().getLast().equals(field);
    return content == Content.ANY
        ? random.nextBoolean()
        : !message.hasOneof(oneof) && (isLast || random.nextBoolean());
  }

  private void set(Message.Builder message, FieldDescriptor field, int depth, Content content) {
    if (!field.isRepeated()) {
      message.setField(field, value(message, field, depth, content));
      return;
    }
    int count = depth == 0 ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      message.addRepeatedField(field, value(message, field, depth, content));
    }
  }

  private Object value(Message.Builder owner, FieldDescriptor field, int depth, Content content) {
    return switch (field.getJavaType()) {
      case INT -> (int) number(field, content);
      case LONG -> (long) number(field, content);
      case FLOAT -> (float) number(field, content);
      case DOUBLE -> number(field, content);
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(rules(field), content);
      case BYTE_STRING -> ByteString.copyFrom(bytes(random.nextInt(20)));
      case ENUM -> enumValue(field, content);
      case MESSAGE ->
          depth == 0
              ? owner.newBuilderForField(field).build()
              : fill(owner.newBuilderForField(field), depth - 1, content);
    };
  }

  private Object enumValue(FieldDescriptor field, Content content) {
    if (content == Content.ANY && random.nextInt(4) == 0) {
      return field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt());
    }
    var values = field.getEnumType().getValues();
    int first = rules(field).getRequired() && content != Content.ANY ? 1 : 0;
    return values.get(first + random.nextInt(values.size() - first));
  }

  private double number(FieldDescriptor field, Content content) {
    Rules rules = rules(field);
    if (content == Content.ANY) {
      return random.nextBoolean() ? random.nextInt(100) : pick(NUMBERS);
    }
    double least = rules.hasMin() ? rules.getMin() : 0;
    double greatest = rules.hasMax() ? rules.getMax() : least + 100;
    return least + random.nextDouble() * (greatest - least);
  }

  private String text(Rules rules, Content content) {
    if (content == Content.ANY) {
      return pick(random.nextBoolean() ? NAMES : TEXTS);
    }
    if (rules.getPattern().isEmpty()) {
      return pick(NAMES);
    }
    var names =
        content == Content.LEAST
            // Nobody has named that before, so nothing there is full.
            ? Stream.of("n" + Integer.toHexString(random.nextInt()))
            : NAMES.stream().skip(random.nextInt(NAMES.size()));
    return Stream.concat(names, FORMED.stream())
        .filter(name -> name.matches(rules.getPattern()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing here is " + rules.getPatternText()));
  }

  /** Bytes of any kind. */
  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Rules rules(FieldDescriptor field) {
    return field.getOptions().getExtension(ContractProto.rules);
  }
}
