package io.bodybroker.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.bodybroker.sdk.host.ServiceModule;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells which classes make up which service: those below the package of its module. */
final class Services {
  private final Set<String> roots;

  private Services(Set<String> roots) {
    this.roots = roots;
  }

  static Services among(JavaClasses classes) {
    return new Services(
        classes.stream()
            .filter(one -> one.isAssignableTo(ServiceModule.class) && !one.isInterface())
            .map(JavaClass::getPackageName)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** The contract's generated classes lie below the service's package too, but are everybody's. */
  private Optional<String> root(JavaClass one) {
    return one.getPackageName().endsWith(".v1")
        ? Optional.empty()
        : roots.stream()
            .filter(root -> (one.getPackageName() + ".").startsWith(root + "."))
            .findFirst();
  }

  DescribedPredicate<JavaClass> classes() {
    return DescribedPredicate.describe("are part of a service", one -> root(one).isPresent());
  }

  ArchCondition<JavaClass> notDependOnAnother() {
    return new ArchCondition<>("not depend on another service") {
      @Override
      public void check(JavaClass one, ConditionEvents events) {
        one.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> isForeign(one, dependency))
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(one, dependency.getDescription())));
      }
    };
  }

  private boolean isForeign(JavaClass one, Dependency dependency) {
    Optional<String> target = root(dependency.getTargetClass());
    return target.isPresent() && !target.equals(root(one));
  }
}
