package io.bodybroker.sdk;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.nats.client.Connection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the SDK promises about itself; the rules of the whole tree are tested in bb-cli. */
class ArchitectureTest {
  private static final JavaClasses SDK =
      new ClassFileImporter()
          .withImportOption(
              location -> !location.contains("test-classes") && !location.contains("/v1/"))
          .importPackages("io.bodybroker.sdk");

  private static final String INTERNAL = "io.bodybroker.sdk.internal";

  /** The named way out, for who needs the raw connection. */
  private static final String WAY_OUT =
      "io.bodybroker.sdk.connection.SupervisedConnection.require()";

  private static final DescribedPredicate<JavaClass> LIBRARY =
      resideInAnyPackage(
          "io.nats..", "redis.clients..", "dev.failsafe..", "io.helidon..", INTERNAL + "..");

  private static final ArchRule PUBLIC_SIGNATURES_SHOW_NO_LIBRARY =
      codeUnits()
          .that(DescribedPredicate.describe("are public", ArchitectureTest::isPublic))
          .should(
              new ArchCondition<JavaCodeUnit>("show no type of a library") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                  Stream.concat(
                          unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                      .filter(LIBRARY)
                      .filter(type -> !unit.getFullName().equals(WAY_OUT))
                      .forEach(type ->
                          events.add(
                              SimpleConditionEvent.violated(
                                  unit, unit.getFullName() + " shows " + type.getName())));
                }
              });

  /** Public signatures, but for those of {@code internal}, which nobody outside may use. */
  private static boolean isPublic(JavaCodeUnit unit) {
    boolean isOpen =
        unit.getModifiers().contains(JavaModifier.PUBLIC)
            || unit.getModifiers().contains(JavaModifier.PROTECTED);
    return isOpen
        && !unit.getOwner().getPackageName().startsWith(INTERNAL)
        && unit.getOwner().getModifiers().contains(JavaModifier.PUBLIC);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.bodybroker.sdk.(*)..").should().beFreeOfCycles().check(SDK);
  }

  @Test
  void publicSignaturesShowNoLibrary() {
    PUBLIC_SIGNATURES_SHOW_NO_LIBRARY.check(SDK);
  }

  /** What the rule would find. */
  public static final class Offender {
    private Offender() {}

    /** Shows jnats. */
    public static void use(Connection connection) {
      connection.getStatus();
    }
  }

  @Test
  void wouldSeeALibraryInASignature() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

    assertThat(PUBLIC_SIGNATURES_SHOW_NO_LIBRARY.evaluate(offender).hasViolation()).isTrue();
  }
}
