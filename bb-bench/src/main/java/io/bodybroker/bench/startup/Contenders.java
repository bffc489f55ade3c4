package io.bodybroker.bench.startup;

import io.bodybroker.bench.load.ServiceFlags;
import io.bodybroker.sdk.Bus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * What is measured: the service with the flags that ours run with, with those that its framework
 * ships with, and with the AOT cache that the documentation of each recommends for a fast start.
 * The caches are made here, by training runs that are the same for all.
 */
final class Contenders {
  /** From which release a JDK makes an AOT cache in one run. */
  private static final int AOT_CACHES = 25;

  private static final int TRAINING_REQUESTS = 200;
  private static final int TRAINING_RATE = 1_000;

  private static final String QUARKUS_READY = "/q/health/ready";
  static final String PLAIN = "default flags";
  static final String OURS = "flags of ours";
  static final String OURS_NAME = "Body Broker";

  private final Settings settings;
  private final Path scratch;
  private final List<String> prefix;
  private final String natsUrl;
  private final Consumer<String> notes;
  private final List<Variant> variants = new ArrayList<>();

  private Contenders(
      Settings settings,
      Path scratch,
      List<String> prefix,
      String natsUrl,
      Consumer<String> notes) {
    this.settings = settings;
    this.scratch = scratch;
    this.prefix = prefix;
    this.natsUrl = natsUrl;
    this.notes = notes;
  }

  /**
   * Builds and trains them. One that cannot be built is left out, which is said.
   *
   * @param scratch where the caches are put
   * @param prefix what a command begins with
   */
  static List<Variant> prepare(
      Settings settings, Path scratch, List<String> prefix, String natsUrl, Consumer<String> notes)
      throws IOException, InterruptedException {
    var contenders = new Contenders(settings, scratch, prefix, natsUrl, notes);
    contenders.bodyBroker();
    contenders.quarkus();
    contenders.micronaut();
    return List.copyOf(contenders.variants);
  }

  /** What the names of the ways to run stand for. */
  static String flags() {
    return "%s: %s; with an AOT cache also -XX:AOTCache=… . %s of others are the JVM's own: none is given."
        .formatted(OURS, String.join(" ", ServiceFlags.ALL), PLAIN);
  }

  private void bodyBroker() throws IOException, InterruptedException {
    String version = Bus.class.getPackage().getImplementationVersion();
    var plain =
        new Variant(
            OURS_NAME + (version == null ? "" : " " + version),
            OURS,
            ServiceFlags.ALL,
            List.of("-cp", classPath(), GreeterApp.class.getName()),
            "/health/ready");
    variants.add(plain);
    train(plain.as(OURS + ", AOT cache", ServiceFlags.ALL));
  }

  /**
   * That of any of our services, whose jar names what it needs, with this jar instead. Not that of
   * this program, on which there is more.
   */
  private String classPath() throws IOException {
    Path jar = settings.project().resolve("bb-bench/target/bb-bench.jar").toAbsolutePath();
    Path libraries = jar.resolveSibling("lib");
    var classPath = new ArrayList<>(List.of(jar.toString()));
    try (var files = Files.newDirectoryStream(libraries, "svc-weather-manager-*.jar")) {
      try (var service = new JarFile(files.iterator().next().toFile())) {
        String named =
            service.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        Arrays.stream(named.split(" ", -1))
            .map(entry -> libraries.resolve(Path.of(entry).getFileName()).toString())
            .forEach(classPath::add);
      }
    }
    return String.join(":", classPath);
  }

  private void quarkus() throws IOException, InterruptedException {
    var project = project("quarkus");
    String name = "Quarkus " + version(project, "version.quarkus");
    Path jar = project.file("target/quarkus-app/quarkus-run.jar");
    if (isBuilt(name, project.build(jar))) {
      var plain = new Variant(name, PLAIN, List.of(), program(jar), QUARKUS_READY);
      variants.add(plain);
      if (!settings.isQuick()) {
        variants.add(plain.as(OURS, ServiceFlags.ALL));
      }
    }
    // The packaging that its guide to AOT caches has: class loading as the JVM can keep it.
    Path aot = project.file("target/quarkus-aot/quarkus-run.jar");
    String[] packaging = {
      "-Dquarkus.package.jar.type=aot-jar", "-Dquarkus.package.output-directory=quarkus-aot"
    };
    if (!settings.isQuick() && isBuilt(name + " for an AOT cache", project.build(aot, packaging))) {
      var cached = new Variant(name, PLAIN, List.of(), program(aot), QUARKUS_READY);
      train(cached.as(PLAIN + ", AOT cache", List.of()));
      train(cached.as(OURS + ", AOT cache", ServiceFlags.ALL));
    }
  }

  private void micronaut() throws IOException, InterruptedException {
    var project = project("micronaut");
    String name = "Micronaut " + version(project, "micronaut.version");
    Path jar = project.file("target/greeter-micronaut-1.0.0.jar");
    if (!isBuilt(name, project.build(jar))) {
      return;
    }
    var plain = new Variant(name, PLAIN, List.of(), program(jar), "/health/readiness");
    variants.add(plain);
    if (!settings.isQuick()) {
      variants.add(plain.as(OURS, ServiceFlags.ALL));
      train(plain.as(OURS + ", AOT cache", ServiceFlags.ALL));
    }
  }

  private MavenProject project(String name) {
    Path bench = settings.project().resolve("bb-bench").toAbsolutePath();
    return new MavenProject(
        bench.resolve("contenders").resolve(name),
        bench.resolve("src/main/proto/bodybroker/bench/startup"));
  }

  private static List<String> program(Path jar) {
    return List.of("-jar", jar.toString());
  }

  /** As its POM has it. */
  private static String version(MavenProject project, String property) throws IOException {
    String pom = Files.readString(project.file("pom.xml"));
    String open = "<" + property + ">";
    int begin = pom.indexOf(open) + open.length();
    return pom.substring(begin, pom.indexOf("</", begin));
  }

  private boolean isBuilt(String name, Optional<String> problem) {
    problem.ifPresent(why -> notes.accept("not measured: %s. %s".formatted(name, why)));
    return problem.isEmpty();
  }

  /** Runs it once, ready and asked a little, and adds it with the cache that it leaves. */
  private void train(Variant variant) throws IOException, InterruptedException {
    if (Runtime.version().feature() < AOT_CACHES) {
      notes.accept("not measured: %s. It needs JDK %d".formatted(variant, AOT_CACHES));
      return;
    }
    Path cache = scratch.resolve(variants.size() + ".aot");
    try (var requests = new Requests(natsUrl);
        var training =
            RunningService.start(variant.with("-XX:AOTCacheOutput=" + cache), prefix, natsUrl)) {
      training.awaitReady();
      requests.many(TRAINING_REQUESTS, TRAINING_RATE);
      training.end();
    }
    if (Files.exists(cache)) {
      variants.add(variant.with("-XX:AOTCache=" + cache));
    } else {
      notes.accept("not measured: %s. Its training run left no cache".formatted(variant));
    }
  }
}
