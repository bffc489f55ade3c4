package io.bodybroker.sdk.internal;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;

/**
 * The management of streams and consumers, which says {@code PERMISSION_DENIED} where jnats says
 * that there was no answer.
 */
final class PermittedManagement {
  private PermittedManagement() {}

  static JetStreamManagement over(Connection connection, JetStreamManagement management) {
    Optional<DeniedSubjects> denied = DeniedSubjects.of(connection);
    if (denied.isEmpty()) {
      return management;
    }
    return (JetStreamManagement)
        Proxy.newProxyInstance(
            JetStreamManagement.class.getClassLoader(),
            new Class<?>[] {JetStreamManagement.class},
            (proxy, method, arguments) -> {
              long begin = System.nanoTime();
              try {
                return method.invoke(management, arguments);
              } catch (InvocationTargetException e) {
                throw explained(Objects.requireNonNull(e.getCause()), denied.get(), begin);
              }
            });
  }

  private static Throwable explained(Throwable failure, DeniedSubjects denied, long begin) {
    if (failure instanceof IOException) {
      var denial =
          denied
              .since(begin)
              .filter(found -> found.publish() && found.subject().startsWith("$JS."));
      if (denial.isPresent()) {
        return denial.get().error();
      }
    }
    return failure;
  }
}
