package io.bodybroker.capabilityregistry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bodybroker.capabilityregistry.v1.EngineFeature;
import io.bodybroker.capabilityregistry.v1.EngineVersion;
import io.bodybroker.capabilityregistry.v1.FeatureCategory;
import io.bodybroker.capabilityregistry.v1.FeatureParameter;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCatalogueTest {
  private final EngineCatalogue engine = EngineCatalogue.ofTheGame();

  @Test
  void takesTheLatestStableVersionForTheUsualOne() {
    assertThat(engine.version("").getVersion()).isEqualTo("5.6.1");
    assertThat(engine.versions())
        .extracting(EngineVersion::getVersion)
        .startsWith("5.7.0", "5.6.1");
    assertThat(engine.versions().stream().filter(EngineVersion::getIsDefault)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"5.4, 5.4.4", "5.4.4, 5.4.4", "5.7, 5.7.0", "5.0, 5.0.3"})
  void findsAVersionByItsLine(String asked, String found) {
    assertThat(engine.version(asked).getVersion()).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({"5.4.0", "4.27", "5.60", "99999999999.1"})
  void knowsNoOtherVersion(String asked) {
    var error = catchThrowableOfType(ServiceException.class, () -> engine.version(asked));
    assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(error.message()).contains(asked);
  }

  private List<String> names(String version, boolean includeDeprecated) {
    return engine.features(engine.version(version), includeDeprecated).stream()
        .map(EngineFeature::getFeatureId)
        .toList();
  }

  @Test
  void hasWhatWasIntroducedAndNotWhatIsDeprecated() {
    assertThat(names("5.0", false))
        .contains("lumen", "world_composition")
        .doesNotContain("pcg", "cascade");
    assertThat(names("5.1", false)).doesNotContain("world_composition");
    assertThat(names("5.1", true)).contains("world_composition", "cascade");
    assertThat(names("5.2", false)).contains("pcg").doesNotContain("motion_matching");
    assertThat(names("", false)).contains("motion_matching", "megalights").isSorted();
  }

  @Test
  void isConsistent() {
    var names = new HashSet<String>();
    var categories = EnumSet.noneOf(FeatureCategory.class);
    for (var feature : engine.features(engine.version("5.7"), true)) {
      assertThat(names.add(feature.getFeatureId())).isTrue();
      assertThat(feature.getFeatureId()).matches("[a-z0-9_]+");
      assertThat(feature.getDescription()).isNotEmpty();
      assertThat(engine.version(feature.getIntroduced())).isNotNull();
      categories.add(feature.getCategory());
      feature.getParametersList().forEach(EngineCatalogueTest::assertFits);
    }
    assertThat(names).containsAll(UnrealEngine.hints().values());
    assertThat(categories).hasSize(6);
  }

  private static void assertFits(FeatureParameter parameter) {
    var value = parameter.getDefaultValue();
    switch (parameter.getType()) {
      case BOOLEAN -> assertThat(value).isIn("true", "false");
      case INTEGER, NUMBER ->
          assertThat(Double.parseDouble(value)).isBetween(parameter.getMin(), parameter.getMax());
      case CHOICE -> assertThat(parameter.getChoicesList()).contains(value);
      case PARAMETER_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(parameter);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an underground station        | lumen
          A cavern                      | lumen
          a crowd in the city           | mass_ai
          bad weather                   | niagara
          fog, rain and crowds          | niagara mass_ai
          caves                         | lumen
          nothing in particular         | ''
          """)
  void suggestsWhatIsMostHintedAtFirst(String scene, String expected) {
    var found = engine.suggestions(engine.version(""), scene);
    assertThat(
            String.join(" ", found.stream().map(one -> one.getFeature().getFeatureId()).toList()))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void suggestsOnlyWhatTheVersionHasAndSaysWhy() {
    assertThat(engine.suggestions(engine.version("5.1"), "a forest")).isEmpty();
    assertThat(engine.suggestions(engine.version("5.2"), "a Forest, a swamp, a forest"))
        .extracting(one -> List.copyOf(one.getHintsList()))
        .containsExactly(List.of("forest", "swamp"));
  }
}
