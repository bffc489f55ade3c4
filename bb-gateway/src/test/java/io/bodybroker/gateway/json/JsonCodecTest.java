package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import io.bodybroker.gateway.test.v1.Book;
import io.bodybroker.gateway.test.v1.ChangeKeyRequest;
import io.bodybroker.gateway.test.v1.Everything;
import io.bodybroker.gateway.test.v1.Genre;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCodecTest {
  private static final String INT32 = "a whole number from -2147483648 to 2147483647";

  private final JsonCodec codec =
      new JsonCodec(TypeRegistry.newBuilder().add(Book.getDescriptor()).build());

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      nullValues = "INT32",
      textBlock =
          """
          {"small": "x"}                  ~ small            ~ "x"           ~ INT32
          {"small": 2147483648}           ~ small            ~ 2147483648    ~ INT32
          {"small": 1.5}                  ~ small            ~ 1.5           ~ INT32
          {"small": 1e999999999}          ~ small            ~ 1e999999999   ~ INT32
          {"small": 1e99999999999}        ~ small            ~ 1e99999999999 ~ INT32
          {"small": true}                 ~ small            ~ true          ~ INT32
          {"small": {}}                   ~ small            ~ an object     ~ INT32
          {"small": ""}                   ~ small            ~ ""            ~ INT32
          {"small": " 1"}                 ~ small            ~ " 1"          ~ INT32
          {"small": "٣"}                  ~ small            ~ "٣"           ~ INT32
          {"smallSigned": -2147483649}    ~ small_signed     ~ -2147483649   ~ INT32
          {"small_unsigned": -1}          ~ small_unsigned   ~ -1            ~ a whole number from 0 to 4294967295
          {"smallUnsigned": 4294967296}   ~ small_unsigned   ~ 4294967296    ~ a whole number from 0 to 4294967295
          {"big": 9223372036854775808}    ~ big              ~ 9223372036854775808  ~ a whole number from -9223372036854775808 to 9223372036854775807
          {"bigUnsigned": 18446744073709551616} ~ big_unsigned ~ 18446744073709551616 ~ a whole number from 0 to 18446744073709551615
          {"bigFixed": "1e1000000000"}    ~ big_fixed        ~ "1e1000000000" ~ a whole number from 0 to 18446744073709551615
          {"single": 3.5e38}              ~ single           ~ 3.5e38        ~ a number of single precision, up to 3.4e38
          {"number": 1e400}               ~ number           ~ 1e400         ~ a number of double precision, up to 1.7e308
          {"number": "inf"}               ~ number           ~ "inf"         ~ a number of double precision, up to 1.7e308
          {"text": 5}                     ~ text             ~ 5             ~ a text
          {"flag": "true"}                ~ flag             ~ "true"        ~ true or false
          {"flag": 1}                     ~ flag             ~ 1             ~ true or false
          {"blob": "***"}                 ~ blob             ~ "***"         ~ bytes in Base64
          {"genre": "ROMANCE"}            ~ genre            ~ "ROMANCE"     ~ one of GENRE_UNSPECIFIED, FICTION, SCIENCE
          {"genre": 1.5}                  ~ genre            ~ 1.5           ~ one of GENRE_UNSPECIFIED, FICTION, SCIENCE
          {"numbers": 1}                  ~ numbers          ~ 1             ~ an array
          {"numbers": [1, null]}          ~ numbers[1]       ~ null          ~ INT32
          {"numbers": [1, [2]]}           ~ numbers[1]       ~ an array      ~ INT32
          {"counts": []}                  ~ counts           ~ an array      ~ an object
          {"counts": {"a": "b"}}          ~ counts["a"]      ~ "b"           ~ INT32
          {"counts": {"a": null}}         ~ counts["a"]      ~ null          ~ INT32
          {"books": {"x": {}}}            ~ books["x"]       ~ x             ~ a whole number from -9223372036854775808 to 9223372036854775807
          {"books": {"7": {"pages": -1}}} ~ books["7"].pages ~ -1            ~ a whole number from 0 to 4294967295
          {"books": {"7": {}, "7.0": {}}} ~ books["7.0"]     ~ an object     ~ each key once
          {"answers": {"maybe": "x"}}     ~ answers["maybe"] ~ maybe         ~ true or false
          {"book": []}                    ~ book             ~ an array      ~ an object
          {"list": [{}, {"titel": "x"}]}  ~ list[1].titel    ~ "x"           ~ a field of Book: id, title, genre, pages
          {"inner": {"book": {"id": 5}}}  ~ inner.book.id    ~ 5             ~ a text
          {"nope": [1]}                   ~ nope             ~ an array      ~ a field of Everything: text, blob, flag, small, smallUnsigned, big, bigUnsigned, smallSigned, bigFixed, single, number, genre, numbers, genres, counts, books, answers, book, list, inner, maybe, left, right, time, duration, mask, wrappedBig, wrappedText, struct, value
          {"big": 1, "big_": 2}           ~ big_             ~ 2             ~ a field of Everything: text, blob, flag, small, smallUnsigned, big, bigUnsigned, smallSigned, bigFixed, single, number, genre, numbers, genres, counts, books, answers, book, list, inner, maybe, left, right, time, duration, mask, wrappedBig, wrappedText, struct, value
          {"bigFixed": 1, "big_fixed": 2} ~ big_fixed        ~ 2             ~ each field once
          {"left": "a", "right": {}}      ~ right            ~ an object     ~ only one of the fields of choice
          {"time": "yesterday"}           ~ time             ~ "yesterday"   ~ a time such as "2026-01-31T12:00:00Z"
          {"time": 5}                     ~ time             ~ 5             ~ a time such as "2026-01-31T12:00:00Z"
          {"time": "2026-02-30T00:00:00Z"} ~ time            ~ "2026-02-30T00:00:00Z" ~ a time such as "2026-01-31T12:00:00Z"
          {"duration": "1.5"}             ~ duration         ~ "1.5"         ~ a duration in seconds such as "1.5s"
          {"duration": "400000000000s"}   ~ duration         ~ "400000000000s" ~ a duration in seconds such as "1.5s"
          {"wrappedBig": "x"}             ~ wrapped_big      ~ "x"           ~ a whole number from -9223372036854775808 to 9223372036854775807
          {"wrappedText": 1}              ~ wrapped_text     ~ 1             ~ a text
          {"struct": []}                  ~ struct           ~ an array      ~ an object
          {"values": {}}                  ~ values           ~ an object     ~ an array
          {"value": 1e400}                ~ value            ~ 1e400         ~ a value
          {"any": {"id": "x"}}            ~ any.@type        ~ ``            ~ the URL of a known type
          {"any": {"@type": "t/no.Such"}} ~ any.@type        ~ t/no.Such     ~ the URL of a known type
          []                              ~ body             ~ an array      ~ an object
          "x"                             ~ body             ~ "x"           ~ an object
          null                            ~ body             ~ null          ~ an object
          """)
  void namesFieldValueAndWhatWouldBeRight(
      String json, String field, String value, String expected) {
    var refused = refusal(json);

    assertThat(refused.fieldViolations())
        .containsExactly(new FieldViolation(field, value, expected == null ? INT32 : expected));
  }

  @Test
  void tellsAllMistakesAtOnceAndWhere() {
    var refused = refusal("{\n  \"small\": \"x\",\n  \"book\": {\"id\": 5, \"nope\": null}\n}");

    assertThat(refused.message())
        .isEqualTo(
            "small: \"x\" (expected: "
                + INT32
                + ") at line 2, column 12; book.id: 5 (expected: a text) at line 3, column 18;"
                + " book.nope: null (expected: a field of Book: id, title, genre, pages)"
                + " at line 3, column 21");
  }

  @Test
  void readsFreeJsonAsDeepAsJsonMayBe() {
    var expected = Value.newBuilder().setNumberValue(1);
    for (int i = 0; i < 99; i++) {
      var object = Struct.newBuilder().putFields("a", expected.build());
      expected = Value.newBuilder().setStructValue(object);
    }

    var read = Everything.newBuilder();
    String json = "{\"struct\":" + "{\"a\":".repeat(99) + "1" + "}".repeat(100);
    codec.read(json.getBytes(UTF_8), read);

    assertThat(read.getStruct()).isEqualTo(expected.getStructValue());
  }

  @Test
  void keepsTheFirstOfVeryManyMistakes() {
    var refused = refusal("{\"numbers\":[" + "true,".repeat(1000) + "1]}");

    assertThat(refused.fieldViolations()).hasSize(20);
    assertThat(refused.fieldViolations().getLast().field()).isEqualTo("numbers[19]");
  }

  @Test
  void showsNothingOfWhatIsWithinASecret() {
    String json =
        "{\"hint\": 1234, \"codes\": {\"door\": \"1234y\"}, \"spare\": {\"pin\": \"1234x\", \"no\": 1234}}";

    var refused =
        catchThrowableOfType(
            ServiceException.class,
            () -> codec.read(json.getBytes(UTF_8), ChangeKeyRequest.newBuilder()));

    assertThat(refused.fieldViolations())
        .hasSize(4)
        .allSatisfy(violation -> assertThat(violation.value()).isEqualTo(FieldText.NOT_SHOWN));
    assertThat(refused.message()).doesNotContain("1234");
  }

  @Test
  void readsOneFieldAlone() {
    var read = Everything.newBuilder();
    codec.readField("[1, \"2\"]".getBytes(UTF_8), read, field("numbers"));
    codec.readField("\"hello\"".getBytes(UTF_8), read, field("text"));
    codec.readField("{\"title\": \"Emma\"}".getBytes(UTF_8), read, field("book"));
    codec.readField("null".getBytes(UTF_8), read, field("inner"));

    assertThat(read.build())
        .isEqualTo(
            Everything.newBuilder()
                .addNumbers(1)
                .addNumbers(2)
                .setText("hello")
                .setBook(Book.newBuilder().setTitle("Emma"))
                .build());
  }

  @Test
  void writesDefaultsEnumNamesAndBigNumbersAsText() {
    var book = Book.newBuilder().setId("b").setGenre(Genre.FICTION).build();

    assertThat(new String(codec.write(book), UTF_8))
        .isEqualTo("{\"id\":\"b\",\"title\":\"\",\"genre\":\"FICTION\",\"pages\":0}");
    assertThat(new String(codec.write(Everything.newBuilder().setBig(5).build()), UTF_8))
        .contains("\"big\":\"5\"")
        .contains("\"named\":\"\"")
        .contains("\"numbers\":[]")
        .doesNotContain("\"maybe\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          text        ~ "a,b}"
          numbers     ~ [1,2]
          big         ~ "7"
          flag        ~ false
          genre       ~ "SCIENCE"
          counts      ~ {"a":1}
          book        ~ {"id":"b","title":"","genre":"GENRE_UNSPECIFIED","pages":0}
          inner       ~ null
          json_name   ~ ""
          """)
  void writesOneFieldAlone(String field, String json) {
    var message =
        Everything.newBuilder()
            .setText("a,b}")
            .addNumbers(1)
            .addNumbers(2)
            .setBig(7)
            .setGenre(Genre.SCIENCE)
            .putCounts("a", 1)
            .setBook(Book.newBuilder().setId("b"))
            .build();

    assertThat(new String(codec.writeField(message, field(field)), UTF_8)).isEqualTo(json);
  }

  private static FieldDescriptor field(String name) {
    return Everything.getDescriptor().findFieldByName(name);
  }

  private ServiceException refusal(String json) {
    return catchThrowableOfType(
        ServiceException.class, () -> codec.read(json.getBytes(UTF_8), Everything.newBuilder()));
  }
}
