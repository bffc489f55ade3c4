package io.bodybroker.gateway.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TypeRegistry;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.json.RandomMessages;
import io.bodybroker.gateway.test.v1.Everything;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.gateway.transcoding.HttpBindings;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document of every contract on the class path, read as a stranger's tool would read it. */
class OpenApiTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");
  private static final String BOOK = "/components/schemas/bodybroker.gateway.test.v1.Book";
  private static final String EVERYTHING =
      "/components/schemas/bodybroker.gateway.test.v1.Everything";
  private static final String FIELD = EVERYTHING + "/properties/";

  private final List<HttpBinding> bindings = HttpBindings.of(ServiceContract.onClassPath());
  private final Document document = Document.of(bindings);

  @Test
  void isOpenApi31() {
    assertThat(document.text("/openapi")).isEqualTo("3.1.0");
    assertThat(document.text("/info/title")).isNotEmpty();
    assertThat(document.text("/info/version")).isNotEmpty();
  }

  @Test
  void refersToNothingThatIsNotThere() {
    assertThat(document.references())
        .isNotEmpty()
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/");
          assertThat(document.at(reference.substring(1))).as(reference).isNotNull();
        });
  }

  @Test
  void declaresEveryVariableOfEveryPathAndNoOther() {
    document
        .operations()
        .forEach((name, operation) -> {
          Set<String> inPath =
              VARIABLE
                  .matcher(name)
                  .results()
                  .map(variable -> variable.group(1))
                  .collect(Collectors.toCollection(TreeSet::new));

          assertThat(document.parameters(operation, "path"))
              .as(name)
              .containsExactlyElementsOf(inPath);
        });
  }

  @Test
  void givesEachParameterOfAnOperationOnce() {
    document
        .operations()
        .forEach((name, operation) ->
            assertThat(document.parameters(operation, "query")).as(name).doesNotHaveDuplicates());
  }

  @Test
  void givesEachOperationAnIdOfItsOwn() {
    assertThat(document.operations().values())
        .extracting(operation -> operation.get("operationId"))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void hasEveryBinding() {
    Set<String> served = new HashSet<>();
    for (HttpBinding binding : bindings) {
      String verb = binding.verb().toLowerCase(Locale.ROOT);
      served.add(verb + " " + shape(PathNames.of(binding).path()));
    }
    Set<String> listed =
        document.operations().keySet().stream()
            .map(name ->
                name.toLowerCase(Locale.ROOT).split(" ", -1)[0]
                    + " "
                    + shape(name.split(" ", -1)[1]))
            .collect(Collectors.toSet());

    assertThat(listed).isEqualTo(served);
    assertThat(listed).contains("get /v1/shelves/{}/books/{}", "propfind /v1/names/{}");
  }

  private static String shape(String path) {
    return VARIABLE.matcher(path).replaceAll("{}");
  }

  @Test
  void saysWhatTheCommentsOfContractsSay() {
    assertThat(document.text("/paths/~1v1~1echo/post/description"))
        .isEqualTo("Answers what it got.");
    assertThat(document.text("/paths/~1v1~1shelves~1{shelf_id}~1books~1{book_id}/get/summary"))
        .isEqualTo("One book.");
    assertThat(document.text(BOOK + "/description")).isEqualTo("A book.");
    assertThat(document.text(BOOK + "/properties/title/description"))
        .isEqualTo("What is printed on the cover.");
    assertThat(document.text("/components/schemas/bodybroker.gateway.test.v1.Genre/description"))
        .isEqualTo("Kinds of books.\n\n- `FICTION`: Made up.\n- `SCIENCE`: Not made up.");
  }

  @Test
  void describesEveryOperationOfEveryContract() {
    assertThat(document.operations())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            (name, operation) -> assertThat(operation.get("description")).as(name).isNotNull());
  }

  @Test
  void hasTheTypesOfTheJsonMapping() {
    assertThat(document.text(FIELD + "small/type")).isEqualTo("integer");
    assertThat(document.text(FIELD + "big/type")).isEqualTo("string");
    assertThat(document.text(FIELD + "big/format")).isEqualTo("int64");
    assertThat(document.text(FIELD + "bigUnsigned/pattern")).isEqualTo("^[0-9]+$");
    assertThat(document.text(FIELD + "number/type")).isEqualTo("number");
    assertThat(document.text(FIELD + "flag/type")).isEqualTo("boolean");
    assertThat(document.text(FIELD + "blob/contentEncoding")).isEqualTo("base64");
    assertThat(document.text(FIELD + "genre/$ref")).endsWith(".Genre");
    assertThat(document.text(FIELD + "numbers/items/type")).isEqualTo("integer");
    assertThat(document.text(FIELD + "counts/additionalProperties/type")).isEqualTo("integer");
    assertThat(document.text(FIELD + "time/format")).isEqualTo("date-time");
    assertThat(document.text(FIELD + "duration/type")).isEqualTo("string");
    assertThat(document.text(FIELD + "wrappedBig/type")).isEqualTo("string");
    assertThat(document.text(FIELD + "named/type")).isEqualTo("string");
  }

  @Test
  void hasSchemasThatEveryAnswerFits() {
    var codec =
        new JsonCodec(
            TypeRegistry.newBuilder()
                .add(Everything.getDescriptor().getFile().getMessageTypes())
                .build());
    var random = new Random(20261123);
    var check = new SchemaCheck(document);
    for (int i = 0; i < 200; i++) {
      var message = RandomMessages.fill(Everything.newBuilder(), random, 2).build();
      String json = new String(codec.write(message), UTF_8);

      assertThat(check.violations(EVERYTHING, json)).as(json).isEmpty();
    }
  }

  @Test
  void hasTheLimitsOfTheContract() {
    String id = "/paths/~1v1~1shelves~1{shelf_id}~1books~1{book_id}/get/parameters/1/schema";
    assertThat(document.text(id + "/pattern")).isEqualTo("^(?:[A-Za-z0-9_-]+)$");
    assertThat(document.text(id + "/maxLength")).isEqualTo("64");
    assertThat(document.text(BOOK + "/properties/pages/minimum")).isEqualTo("1");
    assertThat(document.text(BOOK + "/properties/pages/maximum")).isEqualTo("10000");
  }

  @Test
  void isTheSameEachTime() {
    assertThat(Document.of(bindings).json()).isEqualTo(document.json());
  }
}
