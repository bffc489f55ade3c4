package io.bodybroker.testkit;

import io.bodybroker.testkit.TestServers.Scope;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link TestServers} does. It has no state: the servers live in JUnit's store, which closes
 * them.
 */
final class ServersExtension
    implements ParameterResolver, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(ServersExtension.class);

  /** A constructor's parameters belong to the test that the instance is made for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return StartedServers.offers(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return servers(context).get(parameter.getParameter().getType());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    servers(context).heal();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logFailure(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    logFailure(context);
  }

  private static void logFailure(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      servers(context).log(context.getDisplayName() + " failed");
    }
  }

  private static StartedServers servers(ExtensionContext context) {
    TestServers wanted =
        AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(),
                TestServers.class,
                context.getEnclosingTestClasses())
            .orElseThrow();
    ExtensionContext owner = wanted.scope() == Scope.METHOD ? context : outermostClass(context);
    return owner
        .getStore(NAMESPACE)
        .computeIfAbsent(
            StartedServers.class, key -> new StartedServers(wanted), StartedServers.class);
  }

  private static ExtensionContext outermostClass(ExtensionContext context) {
    return context
        .getParent()
        .filter(parent -> parent.getTestClass().isPresent())
        .map(ServersExtension::outermostClass)
        .orElse(context);
  }
}
