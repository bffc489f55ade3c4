package io.bodybroker.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bodybroker.gateway.routing.PathTemplate.Literal;
import io.bodybroker.gateway.routing.PathTemplate.One;
import io.bodybroker.gateway.routing.PathTemplate.Rest;
import io.bodybroker.gateway.routing.PathTemplate.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {
  @Test
  void dissolvesVariablesIntoSegments() {
    PathTemplate template = PathTemplate.parse("/v1/{name=shelves/*/books/**}:read");

    assertThat(template.segments())
        .containsExactly(
            new Literal("v1"), new Literal("shelves"), new One(), new Literal("books"), new Rest());
    assertThat(template.variables()).containsExactly(new Variable("name", 1, 5, true));
    assertThat(template.verb()).contains("read");
  }

  @Test
  void takesNestedFieldsAndPlainWildcards() {
    PathTemplate template = PathTemplate.parse("/v1/*/{book.author.id}");

    assertThat(template.segments()).containsExactly(new Literal("v1"), new One(), new One());
    assertThat(template.variables()).containsExactly(new Variable("book.author.id", 2, 3, false));
    assertThat(template.verb()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          v1/a             | 1  | '/'
          /                | 2  | a segment
          /v1//a           | 5  | a segment
          /v1/             | 5  | a segment
          /v1/{}           | 6  | a field path
          /v1/{a           | 7  | '}'
          /v1/{a=}         | 8  | a segment
          /v1/{a={b}}      | 8  | a segment
          /v1/{a..b}       | 6  | field names joined by '.'
          /v1/{.a}         | 6  | field names joined by '.'
          /v1/{a}/{a}      | 10 | each field once
          /v1/**/a         | 8  | '**' to be the last segment
          /v1/{a=**}/b     | 12 | '**' to be the last segment
          /v1/a:           | 7  | a verb
          /v1/a:b/c        | 8  | '/', ':' or the end
          /v1/a b          | 6  | '/', ':' or the end
          /v1/{a}b         | 8  | '/', ':' or the end
          /v1/***          | 7  | '/', ':' or the end
          /v1/%41          | 5  | a segment
          """)
  void refusesWhatBreaksTheGrammar(String text, int column, String expected) {
    assertThatThrownBy(() -> PathTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path template \"%s\", column %d (expected: %s)", text, column, expected);
  }
}
