package io.bodybroker.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How the tree is cut, as sentences that a machine can check. */
final class Rules {
  private static final Set<String> WALL_CLOCKS =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.InstantSource.system",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.lang.System.currentTimeMillis");
  private static final Set<String> UNSEEDED_CHANCE =
      Set.of(
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.security.SecureRandom.<init>",
          "java.util.Random.<init>");
  private static final Set<String> PRINTS_AND_EXITS =
      Set.of(
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.exit",
          "java.lang.Runtime.halt");

  private final Map<String, ArchRule> rules = new LinkedHashMap<>();

  private Rules() {}

  /** All rules by their sentences, for these classes. */
  static Map<String, ArchRule> of(JavaClasses tree) {
    var rules = new Rules();
    rules.addStructure();
    rules.addServices(Services.among(tree));
    rules.addLibraries();
    rules.addPrograms();
    return rules.rules;
  }

  private void addStructure() {
    rules.put(
        "packages are free of cycles",
        slices().matching("io.bodybroker.(**)").should().beFreeOfCycles());
    rules.put(
        "packages are named after features",
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..",
                "..utils..",
                "..helper..",
                "..common..",
                "..impl..",
                "..base..",
                "..manager.."));
    rules.put(
        "every package has a page and is null-marked", classes().should(new HavePackagePage()));
    rules.put(
        "nobody reaches into internals",
        noClasses()
            .that(not(resideInAPackage("io.bodybroker.sdk..")))
            .should()
            .dependOnClassesThat(resideInAPackage("..internal..")));
  }

  private void addServices(Services services) {
    rules.put(
        "services meet only through contracts",
        classes().that(services.classes()).should(services.notDependOnAnother()));
    rules.put(
        "services know no transport, store driver, web server or resilience library",
        noClasses()
            .that(services.classes())
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "io.nats..",
                    "redis.clients..",
                    "io.helidon..",
                    "dev.failsafe..",
                    "io.opentelemetry..",
                    "java.net.http..")));
    rules.put(
        "services take chance as an argument",
        noClasses()
            .that(services.classes())
            .and()
            // Tokens are not to be guessed.
            .doNotHaveFullyQualifiedName("io.bodybroker.auth.AuthModule")
            .and()
            // Refused payments have no entry to be named after.
            .doNotHaveFullyQualifiedName("io.bodybroker.payment.PaymentModule")
            .should()
            .accessTargetWhere(targetIn("unseeded chance", UNSEEDED_CHANCE)));
  }

  private void addLibraries() {
    rules.put(
        "NATS stays behind its doors",
        library(
            "io.nats..",
            "io.bodybroker.sdk.backup..",
            "io.bodybroker.sdk.connection..",
            "io.bodybroker.sdk.rpc..",
            "io.bodybroker.sdk.event..",
            "io.bodybroker.sdk.journal..",
            "io.bodybroker.sdk.stream..",
            "io.bodybroker.sdk.deadletter..",
            "io.bodybroker.sdk.internal..",
            "io.bodybroker.sdk.store..",
            // Shows tests what the SDK does not.
            "io.bodybroker.sdk.testing..",
            // Counts without the SDK what the SDK promises.
            "io.bodybroker.cli.proof.."));
    rules.put("Jedis stays in the store", library("redis.clients..", "io.bodybroker.sdk.store.."));
    rules.put(
        "Failsafe stays in resilience",
        library("dev.failsafe..", "io.bodybroker.sdk.resilience.."));
    rules.put(
        "the web server stays in health and gateway",
        library(
            "io.helidon.webserver..",
            "io.bodybroker.sdk.health..",
            "io.bodybroker.gateway.http.."));
  }

  private void addPrograms() {
    rules.put(
        "only programs print and exit",
        noClasses()
            .that(not(resideInAPackage("io.bodybroker.cli..")))
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.sdk.host.HostProcess")
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.protoc.ProtocPlugin")
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.protoc.compatibility.ContractCheck")
            .should()
            .accessTargetWhere(targetIn("printing and exiting", PRINTS_AND_EXITS)));
    rules.put(
        "time comes from an InstantSource",
        noClasses()
            .that(not(resideInAPackage("io.bodybroker.cli..")))
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.sdk.host.ServiceHost$Builder")
            .and()
            // Tells people, not code, since when an instance runs.
            .doNotHaveFullyQualifiedName("io.bodybroker.sdk.rpc.DiscoveryResponder")
            .and()
            // Dates dead letters, for people.
            .doNotHaveFullyQualifiedName("io.bodybroker.sdk.Bus")
            .and()
            // Certificates have dates of the wall; tests of them bring a clock.
            .doNotHaveFullyQualifiedName("io.bodybroker.sdk.security.SecurityFiles")
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.sdk.security.TlsClient")
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.testkit.TestAuthority")
            .and()
            .doNotHaveFullyQualifiedName("io.bodybroker.testkit.TestCertificate$Builder")
            .should()
            .accessTargetWhere(targetIn("wall clocks", WALL_CLOCKS)));
  }

  private static ArchRule library(String packages, String... doors) {
    return noClasses()
        .that(not(resideInAnyPackage(doors)))
        .should()
        .dependOnClassesThat(resideInAPackage(packages));
  }

  private static DescribedPredicate<JavaAccess<?>> targetIn(String what, Set<String> members) {
    return DescribedPredicate.describe(
        what,
        access -> {
          JavaClass owner = access.getTargetOwner();
          return members.contains(owner.getName() + "." + access.getTarget().getName());
        });
  }
}
