package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.gateway.test.v1.Book;
import io.bodybroker.gateway.test.v1.Everything;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds our reader against protobuf's own: whatever protobuf writes, or both accept, must mean the
 * same.
 */
class JsonFormatOracleTest {
  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(Book.getDescriptor())
          .add(com.google.protobuf.Duration.getDescriptor())
          .build();

  private final JsonCodec codec = new JsonCodec(TYPES);

  @Test
  void readsWhateverProtobufWrites() throws InvalidProtocolBufferException {
    var random = new Random(20261123);
    for (int i = 0; i < 500; i++) {
      var message = (Everything) RandomMessages.fill(Everything.newBuilder(), random, 3).build();
      for (var printer :
          new JsonFormat.Printer[] {
            JsonFormat.printer(),
            JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence(),
            JsonFormat.printer().printingEnumsAsInts().omittingInsignificantWhitespace()
          }) {
        String json = printer.usingTypeRegistry(TYPES).print(message);

        var read = Everything.newBuilder();
        codec.read(json.getBytes(UTF_8), read);

        assertThat(read.build()).as(json).isEqualTo(message);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"small\": 1.0, \"big\": 1e3, \"smallUnsigned\": \"5\", \"bigUnsigned\": 18446744073709551615}",
        "{\"small\": null, \"numbers\": null, \"counts\": null, \"book\": null, \"left\": null}",
        "{\"value\": null}",
        "{\"nothing\": null}",
        "{\"nothing\": \"NULL_VALUE\"}",
        "{\"number\": \"NaN\", \"single\": \"-Infinity\"}",
        "{\"number\": \"1.5e-7\", \"single\": 3.4e38}",
        "{\"number\": 0, \"single\": -0.0}",
        "{\"genre\": 2, \"genres\": [\"FICTION\", 99]}",
        "{\"blob\": \"_-8\", \"wrappedBlob\": \"AQI=\"}",
        "{\"time\": \"2026-01-31T12:00:00.123456789+02:00\"}",
        "{\"time\": \"0001-01-01T00:00:00Z\"}",
        "{\"duration\": \"-1.000000001s\"}",
        "{\"mask\": \"fooBar,baz.quxQuux\"}",
        "{\"mask\": \"\"}",
        "{\"wrappedBig\": \"9007199254740993\", \"wrappedText\": \"\"}",
        "{\"wrappedBig\": null}",
        "{\"struct\": {\"a\": [1, {\"b\": null}], \"c\": \"x\"}, \"values\": [true, []]}",
        "{\"any\": {}}",
        "{\"any\": {\"@type\": \"type.googleapis.com/bodybroker.gateway.test.v1.Book\", \"id\": \"x\"}}",
        "{\"any\": {\"value\": \"5s\", \"@type\": \"type.googleapis.com/google.protobuf.Duration\"}}",
        "{\"named\": \"a\"}",
        "{\"json_name\": \"a\"}",
        "{\"right\": {}, \"maybe\": 0}",
        "{\"books\": {\"-5\": {\"id\": \"x\"}}, \"answers\": {\"true\": \"yes\"}}",
        "{\"text\": \"\\ud83d\\ude00\\u0000\"}"
      })
  void readsAsProtobufReads(String json) throws InvalidProtocolBufferException {
    var expected = Everything.newBuilder();
    JsonFormat.parser().usingTypeRegistry(TYPES).merge(json, expected);

    var read = Everything.newBuilder();
    codec.read(json.getBytes(UTF_8), read);

    assertThat(read.build()).isEqualTo(expected.build());
  }
}
