package io.bodybroker.bench.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the libraries that take part, as their jars tell. */
final class Libraries {
  private static final Pattern VERSION_IN_NAME = Pattern.compile("-(\\d[\\w.+-]*)\\.jar$");

  /** A class of each; those that are not there are not told. */
  private static final Map<String, String> CLASSES = new LinkedHashMap<>();

  static {
    CLASSES.put("jnats", "io.nats.client.Nats");
    CLASSES.put("protobuf", "com.google.protobuf.Message");
    CLASSES.put("gRPC", "io.grpc.ManagedChannel");
    CLASSES.put("Helidon", "io.helidon.webserver.WebServer");
    CLASSES.put("Failsafe", "dev.failsafe.Failsafe");
    CLASSES.put("Micrometer", "io.micrometer.core.instrument.MeterRegistry");
    CLASSES.put("OpenTelemetry", "io.opentelemetry.api.OpenTelemetry");
    CLASSES.put("Jedis", "redis.clients.jedis.Jedis");
    CLASSES.put("HdrHistogram", "org.HdrHistogram.Histogram");
    CLASSES.put("Armeria", "com.linecorp.armeria.server.Server");
    CLASSES.put("JMH", "org.openjdk.jmh.annotations.Benchmark");
  }

  private Libraries() {}

  static Map<String, String> versions() throws IOException {
    var versions = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> library : CLASSES.entrySet()) {
      Optional<Path> jar = jar(library.getValue());
      if (jar.isPresent()) {
        versions.put(library.getKey(), version(jar.get()));
      }
    }
    return versions;
  }

  private static Optional<Path> jar(String className) {
    try {
      var source =
          Class.forName(className, false, Libraries.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String version(Path jar) throws IOException {
    Matcher inName = VERSION_IN_NAME.matcher(String.valueOf(jar.getFileName()));
    if (inName.find()) {
      return inName.group(1);
    }
    try (var file = new JarFile(jar.toFile())) {
      var manifest = file.getManifest();
      String version =
          manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
      return version == null ? "unknown" : version;
    }
  }
}
