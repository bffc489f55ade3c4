package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.SourceContext;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.gateway.test.v1.Book;
import io.bodybroker.gateway.test.v1.Everything;
import io.bodybroker.gateway.test.v1.Genre;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what we write against what protobuf's {@code JsonFormat} writes, byte for byte. */
class MessageWriterTest {
  private static final long SEED = 20261127;
  private static final List<ServiceContract> CONTRACTS = ServiceContract.onClassPath();
  private static final TypeRegistry TYPES = types();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(TYPES)
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace();

  private final JsonCodec codec = new JsonCodec(TYPES);

  private static TypeRegistry types() {
    var types =
        TypeRegistry.newBuilder()
            .add(Everything.getDescriptor())
            .add(DescriptorProto.getDescriptor())
            .add(List.of(Duration.getDescriptor(), Empty.getDescriptor(), Struct.getDescriptor()))
            .add(List.of(StringValue.getDescriptor(), FieldMask.getDescriptor()))
            .add(List.of(Any.getDescriptor(), Value.getDescriptor()));
    CONTRACTS.forEach(contract -> types.add(contract.descriptor().getFile().getMessageTypes()));
    return types.build();
  }

  /** Of each method what is asked and what is answered. */
  static Stream<Message> messagesOfAllContracts() {
    return CONTRACTS.stream()
        .flatMap(contract -> contract.methods().stream())
        .flatMap(method -> Stream.of(method.requestDefault(), method.responseDefault()))
        .distinct();
  }

  @Test
  void knowsTheContractsOfTheGame() {
    assertThat(messagesOfAllContracts().map(type -> type.getDescriptorForType().getFullName()))
        .contains(
            "bodybroker.weather_manager.v1.GetWeatherRequest",
            "bodybroker.gateway.test.v1.Everything")
        .hasSizeGreaterThan(100);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("messagesOfAllContracts")
  void writesAndReadsMessagesOfEveryContract(Message type) throws InvalidProtocolBufferException {
    String name = type.getDescriptorForType().getFullName();
    for (int i = 0; i < 8; i++) {
      long seed = SEED + i;
      var message = RandomMessages.fill(type.newBuilderForType(), new Random(seed), i % 4).build();

      String json = text(codec.write(message));
      assertThat(json).as("%s, seed %d", name, seed).isEqualTo(PRINTER.print(message));

      var read = type.newBuilderForType();
      codec.read(json.getBytes(UTF_8), read);
      assertThat(read.build()).as("%s, seed %d: %s", name, seed, json).isEqualTo(message);
    }
  }

  @Test
  void writesEachFieldAloneAsItIsInTheWhole() {
    for (int i = 0; i < 100; i++) {
      long seed = SEED + i;
      var message = RandomMessages.fill(Everything.newBuilder(), new Random(seed), 2).build();
      String whole = text(codec.write(message));
      for (FieldDescriptor field : Everything.getDescriptor().getFields()) {
        if (!field.hasPresence() || message.hasField(field)) {
          String alone = text(codec.writeField(message, field));
          assertThat(whole)
              .as("seed %d", seed)
              .contains("\"" + field.getJsonName() + "\":" + alone);
        }
      }
    }
  }

  static Stream<Message> messagesThatAreHardToWrite() {
    return Stream.of(
        Everything.getDefaultInstance(),
        texts(
            "",
            "\"\\/\b\f\n\r\t",
            "\u0000\u0001\u001f\u007f\u0080\u009f",
            "<script>&'=\"</script>"),
        texts("\u2027\u2028\u2029\u202a\u20a8\u20a9", "\ud83d\ude00é߿ࠀ￿", "\ufeff"),
        texts("\ud800", "x\udc00y", "\ude00\ud83d", "\ud83d\u2028\ude00", "\ud83d<", "\ud83d\""),
        texts("=", "a=", "=a", "====", "a".repeat(100_000), "\u0001".repeat(10_000)),
        doubles(0, -0.0, 1, -1, 0.1, 1e-3, 9.999e-4, 9999999, 1e7, 12345678, -9999999, -1e7),
        doubles(1e21, 1e22, 1e23, 2e23, 4.9e-324, Double.MAX_VALUE, 9007199254740992.0),
        doubles(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 100, 0.5),
        doubles(97.5, -97.5, 0.25, 1.0005, 99999.99995, 0.001, -0.0011, 0.00101, 1234567.0625),
        doubles(0.30000000000000004, 2.675, 1.005, 9999999.9999, 9999999.99999, 0.99999999, 4.35),
        randomDecimals(),
        floats(0f, -0f, 1f, 1e7f, 9999999f, -1e7f, 16777216f, 0.1f, 1e-3f, 1.4e-45f, 3.4028235e38f),
        floats(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_NORMAL),
        longs(0, 1, -1, 9, 10, -10, 99, 100, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L),
        longs(Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 32),
        times(-62_135_596_800L, 253_402_300_799L, 0, -1, 951_782_400, 951_868_799, 4_107_542_399L),
        times(-62_130_499_200L, -2_208_988_800L, -1_000_000_000_000L / 100, 1_709_164_800L),
        nanos(0, 1, 10, 1_000, 1_001, 1_000_000, 1_001_000, 100_000_000, 999_999_999, 999_999_000),
        Duration.newBuilder().setSeconds(315_576_000_000L).build(),
        Duration.newBuilder().setSeconds(-315_576_000_000L).setNanos(-999_999_999).build(),
        Duration.newBuilder().setNanos(-1_000_000).build(),
        Everything.newBuilder()
            .setGenreValue(7)
            .addGenresValue(-1)
            .addGenres(Genre.SCIENCE)
            .build(),
        Everything.newBuilder().setNothingValue(5).setLeft("").build(),
        Everything.newBuilder().setNothing(NullValue.NULL_VALUE).setMaybe(0).build(),
        Everything.newBuilder()
            .setRight(Book.getDefaultInstance())
            .setValue(Value.newBuilder())
            .build(),
        Everything.newBuilder()
            .setMask(FieldMask.newBuilder().addPaths("a_b.c_").addPaths("").addPaths("<"))
            .build(),
        Everything.newBuilder().setAny(Any.getDefaultInstance()).build(),
        any(Book.newBuilder().setTitle("<a>").build()),
        any(Duration.newBuilder().setSeconds(5).build()),
        any(Empty.getDefaultInstance()),
        any(StringValue.of("x\u2028")),
        any(
            Struct.newBuilder()
                .putFields("a", Value.newBuilder().setNumberValue(1e7).build())
                .build()),
        any(Value.getDefaultInstance()),
        any(FieldMask.newBuilder().addPaths("foo_bar").build()),
        any(any(Any.pack(Book.getDefaultInstance()))),
        any(
            Everything.newBuilder()
                .putCounts("b", 2)
                .putCounts("a", 1)
                .putBooks(7, Book.getDefaultInstance())
                .build()),
        any(Book.getDescriptor().toProto()),
        Book.getDescriptor().toProto(),
        Any.newBuilder()
            .setTypeUrl("a/b/bodybroker.gateway.test.v1.Book")
            .setValue(ByteString.copyFrom(new byte[] {32, 1, 10, 1, 65, 32, 0, 10, 0}))
            .build(),
        unknownFields(),
        nested(90));
  }

  @ParameterizedTest(name = "{index}") // as text they are long
  @MethodSource("messagesThatAreHardToWrite")
  void writesWhatIsHardToWrite(Message message) throws InvalidProtocolBufferException {
    byte[] expected = PRINTER.print(message).getBytes(UTF_8);

    assertThat(text(codec.write(message))).isEqualTo(text(expected));
  }

  @ParameterizedTest(name = "{index}") // as text they are long
  @MethodSource("messagesThatAreHardToWrite")
  void writesMessagesWithoutGeneratedCode(Message message) throws InvalidProtocolBufferException {
    var dynamic = DynamicMessage.parseFrom(message.getDescriptorForType(), message.toByteString());

    assertThat(text(codec.write(dynamic))).isEqualTo(text(PRINTER.print(dynamic).getBytes(UTF_8)));
  }

  static Stream<Message> messagesThatJsonHasNoFormFor() {
    return Stream.of(
        Timestamp.newBuilder().setSeconds(253_402_300_800L).build(),
        Timestamp.newBuilder().setSeconds(-62_135_596_801L).build(),
        Timestamp.newBuilder().setNanos(-1).build(),
        Timestamp.newBuilder().setNanos(1_000_000_000).build(),
        Duration.newBuilder().setSeconds(315_576_000_001L).build(),
        Duration.newBuilder().setSeconds(1).setNanos(-1).build(),
        Value.newBuilder().setNumberValue(Double.NaN).build(),
        ListValue.newBuilder().addValues(Value.newBuilder().setNumberValue(1 / -0.0)).build(),
        Any.pack(SourceContext.getDefaultInstance()),
        Any.newBuilder().setTypeUrl("no-url").build(),
        Any.newBuilder().setValue(ByteString.copyFromUtf8("x")).build(),
        Any.pack(Book.getDefaultInstance()).toBuilder()
            .setValue(ByteString.copyFromUtf8("x"))
            .build());
  }

  @ParameterizedTest(name = "{index}") // as text they are long
  @MethodSource("messagesThatJsonHasNoFormFor")
  void refusesWhatJsonHasNoFormFor(Message message) {
    assertThatThrownBy(() -> PRINTER.print(message)).isNotNull();

    assertThatThrownBy(() -> codec.write(message))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(" cannot be written as JSON")
        .hasCauseInstanceOf(Exception.class);
  }

  private static Message texts(String... texts) {
    var message = Everything.newBuilder().setText(texts[0]).setLeft(texts[1]);
    var list = ListValue.newBuilder();
    for (String text : texts) {
      message.putCounts(text, text.length());
      message.addList(Book.newBuilder().setId(text).setTitle(text + text));
      message.setBlob(message.getBlob().concat(ByteString.copyFromUtf8(text)));
      list.addValues(Value.newBuilder().setStringValue(text));
      message.getStructBuilder().putFields(text, Value.newBuilder().setStringValue(text).build());
    }
    return message.setValues(list).setWrappedText(StringValue.of(texts[0])).build();
  }

  private static Message doubles(double... values) {
    var message = Everything.newBuilder();
    for (double value : values) {
      message = Everything.newBuilder().setNumber(value).setInner(message);
      if (Double.isFinite(value)) {
        message.setValue(Value.newBuilder().setNumberValue(value));
      }
    }
    return message.build();
  }

  private static Message randomDecimals() {
    var random = new Random(SEED);
    var list = ListValue.newBuilder();
    for (int i = 0; i < 5_000; i++) {
      double whole = random.nextInt(1_000_000_000);
      double power = Math.pow(10, random.nextInt(1, 12));
      double value = i % 2 == 0 ? whole / power : random.nextDouble() * whole / power;
      list.addValues(Value.newBuilder().setNumberValue(i % 3 == 0 ? -value : value));
    }
    return list.build();
  }

  private static Message floats(float... values) {
    var message = Everything.newBuilder();
    for (float value : values) {
      message = Everything.newBuilder().setSingle(value).setInner(message);
    }
    return message.build();
  }

  private static Message longs(long... values) {
    var message = Everything.newBuilder();
    for (long value : values) {
      message =
          Everything.newBuilder()
              .setInner(message)
              .setBig(value)
              .setBigUnsigned(value)
              .setBigFixed(value)
              .setSmall((int) value)
              .setSmallUnsigned((int) value)
              .setSmallSigned((int) value)
              .putBooks(value, Book.newBuilder().setPages((int) value).build())
              .putAnswers(value % 2 == 0, "x")
              .addNumbers((int) value)
              .addNumbers(-(int) value);
      message.getWrappedBigBuilder().setValue(value);
    }
    return message.build();
  }

  private static Message times(long... seconds) {
    var message = Everything.newBuilder();
    for (long second : seconds) {
      message = Everything.newBuilder().setInner(message);
      message.getTimeBuilder().setSeconds(second);
    }
    return message.build();
  }

  private static Message nanos(int... nanos) {
    var message = Everything.newBuilder();
    for (int nano : nanos) {
      message = Everything.newBuilder().setInner(message);
      message.getTimeBuilder().setSeconds(1_700_000_000).setNanos(nano);
      message.getDurationBuilder().setSeconds(-3).setNanos(-nano);
    }
    return message.build();
  }

  private static Message nested(int levels) {
    var value = Value.newBuilder().setBoolValue(true);
    for (int i = 0; i < levels / 3; i++) {
      value = Value.newBuilder().setListValue(ListValue.newBuilder().addValues(value));
    }
    return Everything.newBuilder().setValue(value).build();
  }

  private static Everything any(Message content) {
    return Everything.newBuilder().setAny(Any.pack(content)).setText("after").build();
  }

  /** As from a newer contract, and with fields of ours that have another type there. */
  private static Message unknownFields() {
    var group = UnknownFieldSet.Field.newBuilder().addGroup(UnknownFieldSet.getDefaultInstance());
    var mixed =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(5)
            .addFixed32(5)
            .addFixed64(5)
            .addLengthDelimited(ByteString.copyFromUtf8("x"))
            .addGroup(UnknownFieldSet.newBuilder().addField(1, group.build()).build());
    var unlike = UnknownFieldSet.Field.newBuilder().addFixed32(5).build();
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(999, mixed.build())
            .addField(1, unlike)
            .addField(13, unlike)
            .addField(15, unlike)
            .addField(35, unlike)
            .build();
    return Everything.newBuilder()
        .setSmall(1)
        .setBook(Book.newBuilder().setUnknownFields(unknown))
        .setTime(Timestamp.newBuilder().setSeconds(1).setUnknownFields(unknown))
        .setValue(Value.newBuilder().setUnknownFields(unknown))
        .setUnknownFields(unknown)
        .build();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
