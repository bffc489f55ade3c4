package io.bodybroker.statemanager;

import static io.bodybroker.sdk.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Struct;
import io.bodybroker.sdk.testing.Json;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MergePatchTest {
  /** The examples of RFC 7396, appendix A, whose target and patch are objects, and a few more. */
  static Stream<Arguments> examples() {
    return Stream.of(
        arguments(object("a", "b"), object("a", "c"), object("a", "c")),
        arguments(object("a", "b"), object("b", "c"), object("a", "b", "b", "c")),
        arguments(object("a", "b"), object("a", null), object()),
        arguments(object("a", "b", "b", "c"), object("a", null), object("b", "c")),
        arguments(object("a", List.of("b")), object("a", "c"), object("a", "c")),
        arguments(object("a", "c"), object("a", List.of("b")), object("a", List.of("b"))),
        arguments(
            object("a", object("b", "c")),
            object("a", object("b", "d", "c", null)),
            object("a", object("b", "d"))),
        arguments(
            object("a", List.of(object("b", "c"))),
            object("a", List.of(1)),
            object("a", List.of(1))),
        arguments(object("e", null), object("a", 1), object("e", null, "a", 1)),
        arguments(
            object(),
            object("a", object("bb", object("ccc", null))),
            object("a", object("bb", object()))),
        arguments(object("a", "b"), object("a", object("c", 1)), object("a", object("c", 1))),
        arguments(object("a", 1), object(), object("a", 1)),
        arguments(object("a", "1", "b", true), object("a", 1), object("a", 1, "b", true)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void mergesAsTheRfcSays(Struct document, Struct patch, Struct merged) {
    assertThat(MergePatch.apply(document, patch)).isEqualTo(merged);
  }

  @RepeatedTest(200)
  void hasNoFurtherEffectTheSecondTime(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var document = randomObject(random, 3);
    var patch = randomObject(random, 3);
    var once = MergePatch.apply(document, patch);
    assertThat(MergePatch.apply(once, patch)).isEqualTo(once);
  }

  @RepeatedTest(200)
  void touchesOnlyMembersThePatchNames(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var document = randomObject(random, 3);
    var patch = randomObject(random, 3);
    var merged = MergePatch.apply(document, patch);
    document
        .getFieldsMap()
        .forEach((name, value) -> {
          if (!patch.containsFields(name)) {
            assertThat(merged.getFieldsOrThrow(name)).isEqualTo(value);
          }
        });
    patch
        .getFieldsMap()
        .forEach((name, value) ->
            assertThat(merged.containsFields(name)).isEqualTo(!value.hasNullValue()));
  }

  private static Struct randomObject(Random random, int levels) {
    var object = Struct.newBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.putFields(
          "abcd".charAt(random.nextInt(4)) + "", Json.value(randomPlain(random, levels)));
    }
    return object.build();
  }

  private static @Nullable Object randomPlain(Random random, int levels) {
    return switch (random.nextInt(levels == 0 ? 4 : 6)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(100);
      case 3 -> "text";
      case 4 -> List.of(random.nextInt(100));
      default -> randomObject(random, levels - 1);
    };
  }
}
