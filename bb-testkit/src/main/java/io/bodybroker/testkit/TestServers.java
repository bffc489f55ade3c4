package io.bodybroker.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class real servers: each test, lifecycle method or constructor that has a
 * parameter of type {@link NatsServer}, {@link NatsCluster} or {@link RedisServer} gets one that is
 * ready.
 *
 * {@snippet file="io/bodybroker/testkit/TestServersTest.java" region="example"}
 *
 * <p>A server is started when it is first asked for and closed after the last test of its {@link
 * #scope()}. What one test did to a shared server is undone before the next: a paused one is
 * resumed, one that is down is restarted, with its data. Data is not cleared between tests; use
 * names of the test's own.
 *
 * <p>When a test fails, what its servers have logged last goes to the logger {@code
 * io.bodybroker.testkit} ({@link System.Logger}), at level warning.
 *
 * <p>Nested classes share what the outer class has. Tests that run in parallel and cause faults
 * need {@link Scope#METHOD}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServersExtension.class)
public @interface TestServers {

  /** Who shares a server; default: all tests of the class. */
  Scope scope() default Scope.CLASS;

  /**
   * Whether a {@link NatsServer} offers JetStream; default true. A {@link NatsCluster} always does.
   */
  boolean jetStream() default true;

  /** Lines for the configuration file of every nats-server, in its own syntax. */
  String natsConfig() default "";

  /** Number of nodes of a {@link NatsCluster}; default 3. */
  int clusterSize() default 3;

  /** Who shares a server. */
  enum Scope {
    /** All tests of the class and its nested classes. */
    CLASS,
    /** Nobody: each test has servers of its own. */
    METHOD
  }
}
