package io.bodybroker.cli.process;

import io.bodybroker.gateway.GatewayApp;
import io.bodybroker.sdk.host.ServiceModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * What can be run in a JVM of its own.
 *
 * @param name as in logs and of its jar, such as {@code svc-time-manager}
 * @param mainClass what starts it
 */
public record Program(String name, String mainClass) {
  /** Every service on the class path. */
  public static List<Program> services() {
    return ServiceLoader.load(ServiceModule.class).stream()
        .map(module -> of(jar(module.type())))
        .toList();
  }

  /** The gateway. */
  public static Program gateway() {
    return new Program("gateway", GatewayApp.class.getName());
  }

  private static Program of(Path jar) {
    String name = jar.getFileName().toString().replaceFirst("(-[0-9].*)?\\.jar$", "");
    return new Program(name, mainClass(jar));
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
