package io.bodybroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of an API, and which of its changes break users. */
class ApiChangesTest {
  @Test
  void tellsWhatUsersCanNameAndNothingElse() {
    assertThat(ClassApi.of(Shown.class))
        .containsExactly(
            "class<T extends Comparable<T>>",
            "is abstract",
            "extends io.bodybroker.api.Hidden",
            "implements AutoCloseable",
            "<R> java.util.Optional<R> map(java.util.function.Function<? super T, ? extends R>,"
                + " @Nullable T[], int[]) throws java.io.IOException",
            "final void inherited()",
            "new()",
            "protected @Nullable String name",
            "protected abstract @Nullable java.util.Map$Entry<String, ?> entry()",
            "static final int LIMIT");
    assertThat(ClassApi.of(Shown.Case.class))
        .containsExactly("interface", "is sealed", "permits io.bodybroker.api.Shown$One");
    assertThat(ClassApi.of(Shown.One.class))
        .containsExactly(
            "record", "implements io.bodybroker.api.Shown$Case", "String text()", "new(String)");
    assertThat(ClassApi.of(Shown.Marked.class))
        .containsExactly("annotation", "abstract String value()", "default int count()");
    assertThat(ModuleApi.of("m", "1.0.0", Stream.of(Shown.class, Hidden.class)).classes())
        .hasSize(1);
  }

  private static ModuleApi api(String... lines) {
    return new ModuleApi("m", "1.0.0", Map.of("a.B", List.of(lines)));
  }

  @ParameterizedTest
  @CsvSource({
    "class, interface",
    "void run(), void run(int)",
    "void run(), ",
    "void run(), static void run()",
    "implements AutoCloseable, ",
    ", abstract void run()",
    ", is final",
    ", permits a.C",
    "String name(), @Nullable String name()",
  })
  void whatUsersRelyOnBreaksThem(@Nullable String before, @Nullable String now) {
    assertThat(ApiChanges.between(api(lines(before)), api(lines(now))).breaks()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({", void run()", ", default int count()", ", implements AutoCloseable", "is final,"})
  void whatIsNewOrNoLongerForbiddenDoesNot(@Nullable String before, @Nullable String now) {
    var changes = ApiChanges.between(api(lines(before)), api(lines(now)));

    assertThat(changes.breaks()).isEmpty();
    assertThat(changes.additions()).hasSize(1);
  }

  private static String[] lines(@Nullable String line) {
    return line == null ? new String[0] : new String[] {line};
  }

  @Test
  void aClassThatIsGoneBreaksAndANewOneDoesNot() {
    var none = new ModuleApi("m", "1.0.0", Map.of());

    assertThat(ApiChanges.between(api("class"), none).text())
        .isEqualTo("\nthese break users:\n  a.B is gone\n");
    assertThat(ApiChanges.between(none, api("class")).text())
        .isEqualTo("\nthese are new:\n  a.B is new\n");
  }

  @Test
  void whatIsRecordedIsReadBack(@TempDir Path directory) throws Exception {
    var recorded = new RecordedApi(directory);
    var api = ModuleApi.of("m", "0.1.0", Stream.of(Shown.class, Shown.Case.class, Shown.One.class));
    assertThat(recorded.present("m")).isEmpty();

    recorded.record(api);
    assertThat(recorded.present("m")).contains(api);
    assertThat(recorded.released("m")).isEmpty();

    recorded.recordRelease(api);
    assertThat(recorded.released("m")).contains(api);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.1.1, false",
    "0.1.0, 0.2.0, true",
    "1.1.0, 1.2.0, false",
    "1.9.9, 2.0.0-SNAPSHOT, true",
  })
  void aVersionSaysWhetherItMayBreak(String released, String next, boolean mayBreak) {
    assertThat(Versions.mayBreak(released, next)).isEqualTo(mayBreak);
  }
}
