package io.bodybroker.gateway.transcoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TypeRegistry;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.gateway.routing.RequestPath;
import io.bodybroker.gateway.routing.RouteMatch;
import io.bodybroker.gateway.routing.RouteTree;
import io.bodybroker.gateway.test.v1.Book;
import io.bodybroker.gateway.test.v1.LibraryContract;
import io.bodybroker.gateway.test.v1.ListBooksResponse;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From request lines and bodies to messages. What is expected is written as protobuf text, by hand.
 */
class HttpBindingTest {
  private final JsonCodec json = new JsonCodec(TypeRegistry.getEmptyTypeRegistry());
  private final FieldNames names = new FieldNames();
  private final RouteTree<HttpBinding> routes = new RouteTree<>();

  HttpBindingTest() {
    for (HttpBinding binding : HttpBindings.of(List.of(LibraryContract.CONTRACT))) {
      routes.add(binding.verb(), binding.path(), binding);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          GET /v1/shelves/s1/books/b1                 ~             ~ GetBook     ~ shelf_id: 's1' book_id: 'b1'
          GET /v1/books/b1?shelfId=s%201              ~             ~ GetBook     ~ shelf_id: 's 1' book_id: 'b1'
          GET /v1/books/b1?shelf_id=a+b%2Bc           ~             ~ GetBook     ~ shelf_id: 'a b+c' book_id: 'b1'
          GET /v1/books/b1?                           ~             ~ GetBook     ~ book_id: 'b1'
          GET /v1/books/b1?&shelfId=&                 ~             ~ GetBook     ~ book_id: 'b1'
          GET /v1/shelves/s/books?pageSize=5          ~             ~ ListBooks   ~ shelf_id: 's' page_size: 5
          GET /v1/shelves/s/books?genres=FICTION&genres=2 ~         ~ ListBooks   ~ shelf_id: 's' genres: FICTION genres: SCIENCE
          GET /v1/shelves/s/books?filter.lent=false   ~             ~ ListBooks   ~ shelf_id: 's' filter { lent { } }
          GET /v1/shelves/s/books?filter.printedAfter=1970-01-01T00:01:00Z ~ ~ ListBooks ~ shelf_id: 's' filter { printed_after { seconds: 60 } }
          GET /v1/shelves/s/books?filter.orElse.or_else.ids=1&filter.orElse.orElse.ids=-2 ~ ~ ListBooks ~ shelf_id: 's' filter { or_else { or_else { ids: 1 ids: -2 } } }
          POST /v1/shelves/s/books?dryRun=true        ~ {"title":"Emma"} ~ CreateBook ~ shelf_id: 's' dry_run: true book { title: 'Emma' }
          POST /v1/shelves/s/books                    ~ null        ~ CreateBook  ~ shelf_id: 's'
          POST /v1/shelves/s/books                    ~             ~ CreateBook  ~ shelf_id: 's'
          PUT /v1/books/b                             ~ {"book":{"title":"Emma"},"version":"3"} ~ ReplaceBook ~ book { id: 'b' title: 'Emma' } version: 3
          PUT /v1/books/b                             ~ {"book":{"id":"b"}} ~ ReplaceBook ~ book { id: 'b' }
          PUT /v1/books/b                             ~             ~ ReplaceBook ~ book { id: 'b' }
          PATCH /v1/books/b?version=7                 ~ {"pages":9} ~ ChangeBook  ~ book { id: 'b' pages: 9 } version: 7
          POST /v1/books/b:lend                       ~ {"shelfId":"s"} ~ LendBook ~ book_id: 'b' shelf_id: 's'
          DELETE /v1/books/b                          ~             ~ DeleteBook  ~ book_id: 'b'
          GET /v1/names/a/parts/b%2Fc                 ~             ~ FindByName  ~ name: 'names/a/parts/b%2Fc'
          GET /v1/files/a/b%20c                       ~             ~ FindByName  ~ name: 'a/b c'
          GET /v1/files                               ~             ~ FindByName  ~ name: ''
          PROPFIND /v1/names/x                        ~             ~ FindByName  ~ name: 'x'
          GET /v1/echo?text=*&blob=AQI&flag=true&single=1.5&number=-2e3 ~ ~ Echo  ~ text: '*' blob: '\\001\\002' flag: true single: 1.5 number: -2000
          GET /v1/echo?duration=1.5s&mask=a,bC&wrappedBig=9&genre=9 ~ ~ Echo      ~ duration { seconds: 1 nanos: 500000000 } mask { paths: 'a' paths: 'b_c' } wrapped_big { value: 9 } genre: 9
          GET /v1/echo?right.id=x&named=y             ~             ~ Echo        ~ right { id: 'x' } json_name: 'y'
          POST /v1/echo/text                          ~ "hello"     ~ Echo        ~ text: 'hello'
          POST /v1/echo/numbers?flag=true             ~ [1,2]       ~ Echo        ~ numbers: 1 numbers: 2 flag: true
          """)
  void readsRequests(String line, String body, String method, String text) throws Exception {
    var route = route(line);

    Message request = request(route, line, body);

    assertThat(route.target().method().name()).isEqualTo(method);
    var expected = request.newBuilderForType();
    TextFormat.merge(text, expected);
    assertThat(request).isEqualTo(expected.build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          GET /v1/shelves/s/books?pageSize=x      ~ ~ page_size         ~ "x"      ~ a whole number from -2147483648 to 2147483647
          GET /v1/shelves/s/books?page_size=      ~ ~ page_size         ~ ""       ~ a whole number from -2147483648 to 2147483647
          GET /v1/shelves/s/books?pageSize=1&pageSize=2 ~ ~ pageSize    ~ 1, 2     ~ one value
          GET /v1/shelves/s/books?page=1          ~ ~ page              ~ 1        ~ a field of ListBooksRequest: shelfId, pageSize, genres, filter
          GET /v1/shelves/s/books?shelfId=s       ~ ~ shelfId           ~ s        ~ nothing, the path has it
          GET /v1/shelves/s/books?filter=x        ~ ~ filter            ~ x        ~ a field that a text can stand for, or one within it
          GET /v1/shelves/s/books?filter.x=1      ~ ~ filter.x          ~ 1        ~ a field of ListBooksRequest: shelfId, pageSize, genres, filter
          GET /v1/shelves/s/books?pageSize.x=1    ~ ~ pageSize.x        ~ 1        ~ a field of ListBooksRequest: shelfId, pageSize, genres, filter
          GET /v1/shelves/s/books?filter.=1       ~ ~ filter.           ~ 1        ~ a field of ListBooksRequest: shelfId, pageSize, genres, filter
          GET /v1/shelves/s/books?genres=ROMANCE  ~ ~ genres            ~ "ROMANCE" ~ one of GENRE_UNSPECIFIED, FICTION, SCIENCE
          GET /v1/shelves/s/books?filter.lent=1   ~ ~ filter.lent       ~ "1"      ~ true or false
          GET /v1/shelves/s/books?filter.printedAfter=now ~ ~ filter.printed_after ~ "now" ~ a time such as "2026-01-31T12:00:00Z"
          GET /v1/echo?left=a&right.id=b          ~ ~ right.id          ~ b        ~ nothing, as left excludes it
          GET /v1/echo?counts=1                   ~ ~ counts            ~ 1        ~ a field that a text can stand for, or one within it
          GET /v1/books/b                         ~ {} ~ body           ~ 2 bytes  ~ no body: GET /v1/books/{book_id} takes none
          DELETE /v1/books/b                      ~ x  ~ body           ~ 1 bytes  ~ no body: DELETE /v1/books/{book_id} takes none
          POST /v1/books/b:lend?shelfId=s         ~ {} ~ shelfId        ~ s        ~ nothing, the body has it
          POST /v1/shelves/s/books?book.id=x      ~ {} ~ book.id        ~ x        ~ nothing, the body is it
          PUT /v1/books/b                         ~ {"book":{"id":"c"}} ~ book.id ~ "c" ~ "b" as in the path, or nothing
          PATCH /v1/books/b?version=1&createOnly=true ~ {} ~ createOnly ~ true     ~ nothing, as version excludes it
          """)
  void refusesRequests(String line, String body, String field, String value, String expected) {
    var route = route(line);

    var refused = catchThrowableOfType(ServiceException.class, () -> request(route, line, body));

    assertThat(refused.fieldViolations())
        .containsExactly(new FieldViolation(field, value, expected));
    assertThat(refused.mayHaveExecuted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          GET /v1/shelves/s/books  ~ {"books":[],"titles":["a","b"],"first":{"id":"f","title":"","genre":"GENRE_UNSPECIFIED","pages":0}}
          GET /v1/shelves/s/titles ~ ["a","b"]
          GET /v1/shelves/s/first  ~ {"id":"f","title":"","genre":"GENRE_UNSPECIFIED","pages":0}
          """)
  void writesResponses(String line, String expected) {
    var response =
        ListBooksResponse.newBuilder()
            .addTitles("a")
            .addTitles("b")
            .setFirst(Book.newBuilder().setId("f"))
            .build();

    byte[] written = route(line).target().response(json, response);

    assertThat(new String(written, UTF_8)).isEqualTo(expected);
  }

  private RouteMatch.Found<HttpBinding> route(String line) {
    String[] parts = line.split("[ ?]", -1);
    return (RouteMatch.Found<HttpBinding>) routes.match(parts[0], RequestPath.parse(parts[1]));
  }

  private Message request(RouteMatch.Found<HttpBinding> route, String line, String body) {
    String query = line.indexOf('?') < 0 ? "" : line.substring(line.indexOf('?') + 1);
    byte[] content = body == null ? new byte[0] : body.getBytes(UTF_8);
    return route.target().request(json, names, route.values(), query, content);
  }
}
