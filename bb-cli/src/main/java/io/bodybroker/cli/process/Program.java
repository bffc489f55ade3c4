package io.bodybroker.cli.process;

import io.bodybroker.gateway.GatewayApp;
import io.bodybroker.sdk.config.ConfigException;
import io.bodybroker.sdk.host.ServiceModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What can be run in a JVM of its own.
 *
 * @param name as in logs and of its jar, such as {@code svc-time-manager}
 * @param mainClass what starts it
 * @param arguments what its main class is given
 */
public record Program(String name, String mainClass, List<String> arguments) {
  /** Its arguments are copied. */
  public Program {
    arguments = List.copyOf(arguments);
  }

  /** Every service on the class path. */
  public static List<Program> services() {
    return modules().map(module -> of(jar(module.type()))).toList();
  }

  /**
   * Several services in one JVM, for when they only have to be there.
   *
   * @param name as in logs
   * @param services those of {@link #services()} that are wanted
   */
  public static Program together(String name, List<Program> services) {
    return new Program(
        name, ServicesTogether.class.getName(), services.stream().map(Program::name).toList());
  }

  /**
   * The modules of services on the class path, by their programs' names.
   *
   * @throws ConfigException if there is none of a name, or no name
   */
  static List<ServiceModule> modules(List<String> names) {
    var found = modules().filter(module -> names.contains(name(jar(module.type())))).toList();
    if (names.isEmpty() || found.size() < names.size()) {
      throw new ConfigException(
          "services: %s (expected: some of %s)"
              .formatted(names, services().stream().map(Program::name).sorted().toList()));
    }
    return found.stream().map(ServiceLoader.Provider::get).toList();
  }

  private static Stream<ServiceLoader.Provider<ServiceModule>> modules() {
    return ServiceLoader.load(ServiceModule.class).stream();
  }

  /** The gateway. */
  public static Program gateway() {
    return new Program("gateway", GatewayApp.class.getName(), List.of());
  }

  private static Program of(Path jar) {
    return new Program(name(jar), mainClass(jar), List.of());
  }

  private static String name(Path jar) {
    return jar.getFileName().toString().replaceFirst("(-[0-9].*)?\\.jar$", "");
  }

  private static Path jar(Class<?> module) {
    try {
      return Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where " + module + " comes from", e);
    }
  }

  /** The jar's own main class, so that what runs here is what runs in production. */
  private static String mainClass(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
