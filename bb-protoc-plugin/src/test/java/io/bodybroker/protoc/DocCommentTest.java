package io.bodybroker.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocCommentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ends */ here            | ends *&#47; here",
        "not a @param tag        | not a &#64;param tag",
        "no {@link Link}         | no {&#64;link Link}",
        "a < b && b > c          | a &lt; b &amp;&amp; b &gt; c",
        "C:\\users               | C:&#92;users",
        "call `GetIt(<id>)` now  | call {@code GetIt(<id>)} now",
        "a set `{a, @b, *\\/}`   | a set <code>{a, &#64;b, *&#92;/}</code>",
        "ends `*/` in code       | ends <code>*&#47;</code> in code",
        "one ` alone             | one ` alone",
        "ünïcode stays           | ünïcode stays",
      })
  void keepsTextOfContractFromMeaningAnything(String text, String expected) {
    assertThat(new DocComment().text(text).lines(100)).containsExactly("/** " + expected + " */");
  }

  @Test
  void laysOutParagraphsListsAndTags() {
    var comment =
        new DocComment()
            .text(
                """
                 First line,
                 same paragraph.

                 Either:
                 - one that is wrapped since it is long
                   and goes on
                 - two

                 Last.
                """)
            .tag("@deprecated no longer to be used by anybody");

    assertThat(comment.lines(32))
        .containsExactly(
            "/**",
            " * First line, same paragraph.",
            " *",
            " * <p>Either:",
            " *",
            " * <ul>",
            " *   <li>one that is wrapped",
            " *       since it is long and",
            " *       goes on",
            " *   <li>two",
            " * </ul>",
            " *",
            " * <p>Last.",
            " *",
            " * @deprecated no longer to be",
            " *     used by anybody",
            " */");
  }

  @Test
  void leavesWordsWiderThanTheLineWhole() {
    assertThat(new DocComment().html("a considerably-too-long b").lines(12))
        .containsExactly("/**", " * a", " * considerably-too-long", " * b", " */");
  }

  @Test
  void saysSomethingOfItsOwnWhereTheContractSaysNothing() {
    assertThat(DocComment.of(" \n", "Calls it.").lines(100)).containsExactly("/** Calls it. */");
  }
}
