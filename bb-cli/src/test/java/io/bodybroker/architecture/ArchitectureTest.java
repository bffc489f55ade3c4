package io.bodybroker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The whole tree, every module of it; generated code is its generators' business. */
class ArchitectureTest {
  private static final String FIXTURE = "io/bodybroker/fixture";

  private static final JavaClasses TREE =
      new ClassFileImporter()
          .withImportOption(
              location -> !location.contains("test-classes") && !isGenerated(location))
          .importPackages("io.bodybroker");
  private static final JavaClasses OFFENDERS =
      new ClassFileImporter()
          .withImportOption(location -> location.contains(FIXTURE))
          .importPackages("io.bodybroker.fixture");

  private static boolean isGenerated(Location location) {
    return location.contains("/v1/");
  }

  @TestFactory
  Stream<DynamicTest> treeKeeps() {
    return each(Rules.of(TREE), rule -> rule.check(TREE));
  }

  @TestFactory
  Stream<DynamicTest> fixtureBreaks() {
    return each(
        Rules.of(OFFENDERS),
        rule -> assertThat(rule.evaluate(OFFENDERS).hasViolation()).as("can fail").isTrue());
  }

  private static Stream<DynamicTest> each(
      Map<String, ArchRule> rules, java.util.function.Consumer<ArchRule> check) {
    return rules.entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> check.accept(rule.getValue())));
  }

  @Test
  void seesEveryModule() {
    assertThat(TREE.stream().map(one -> one.getPackageName().split("\\.", -1)[2]).distinct())
        .contains("sdk", "gateway", "cli", "testkit", "protoc")
        .contains("statemanager", "timemanager", "weathermanager");
  }
}
