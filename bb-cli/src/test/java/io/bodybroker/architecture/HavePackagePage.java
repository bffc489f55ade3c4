package io.bodybroker.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** A {@code package-info} is compiled only if it has an annotation, so one look tells both. */
final class HavePackagePage extends ArchCondition<JavaClass> {
  HavePackagePage() {
    super("have a package page that is @NullMarked");
  }

  @Override
  public void check(JavaClass one, ConditionEvents events) {
    if (!one.getPackage().isAnnotatedWith(NullMarked.class)) {
      events.add(
          SimpleConditionEvent.violated(
              one, one.getPackageName() + " has no page, or it is not @NullMarked"));
    }
  }
}
