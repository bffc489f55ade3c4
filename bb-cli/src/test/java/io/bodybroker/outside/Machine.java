package io.bodybroker.outside;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine of somebody who has a clone of this project and wants a service of their own: {@code
 * clone} with {@code ./bb}, and room for projects beside it.
 *
 * <p>Its Maven has a local repository of its own, in which nothing of this project can be left from
 * elsewhere, and no network: libraries come from the local repository of the build that runs this.
 *
 * @param folder where it is
 */
record Machine(Path folder) {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** The folders of what is published. */
  static final List<String> PUBLISHED =
      List.of(
          "bom",
          "bb-nats-sdk",
          "bb-protoc-plugin",
          "bb-proto",
          "bb-testkit",
          "bb-sdk-test",
          "bb-gateway");

  static Machine in(Path folder) throws IOException {
    var machine = new Machine(folder.toRealPath());
    machine.makeClone();
    machine.makeMaven();
    return machine;
  }

  Path checkout() {
    return folder.resolve("clone");
  }

  private void makeClone() throws IOException {
    Path tools = Files.createDirectories(checkout().resolve(".bb/tools"));
    program(tools.resolve("nats-server"), "exec '%s' \"$@\"".formatted(natsServer()));
    for (String module : PUBLISHED) {
      copyBuilt(module);
    }
    copyAll(Path.of("examples"));
    program(
        checkout().resolve("bb"),
        """
        exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dbb.root='%s' -Dbb.caller="$PWD" \\
          -cp '%s' io.bodybroker.cli.Main "$@"
        """
            .formatted(checkout(), classPath()));
  }

  private void copyBuilt(String module) throws IOException {
    copy(Path.of(module, ".flattened-pom.xml"));
    Path target = PROJECT.resolve(module).resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> built = Files.list(target)) {
        for (Path jar : built.filter(file -> file.toString().endsWith(".jar")).toList()) {
          copy(PROJECT.relativize(jar));
        }
      }
    }
  }

  private void copyAll(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(PROJECT.resolve(directory))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        copy(PROJECT.relativize(file));
      }
    }
  }

  private void copy(Path file) throws IOException {
    Path copy = checkout().resolve(file);
    Files.createDirectories(copy.getParent());
    Files.copy(PROJECT.resolve(file), copy);
  }

  private void makeMaven() throws IOException {
    Path settings = folder.resolve("settings.xml");
    // Releases only: whoever has installed this project has a snapshot of it there.
    String libraries =
        """
        <id>central</id>
        <url>%s</url>
        <releases><checksumPolicy>ignore</checksumPolicy></releases>
        <snapshots><enabled>false</enabled></snapshots>
        """
            .formatted(Path.of(System.getProperty("bb.libraries")).toUri());
    Files.writeString(
        settings,
        """
        <settings>
          <profiles>
            <profile>
              <id>no-network</id>
              <repositories>
                <repository>%1$s</repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository>%1$s</pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>no-network</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(libraries));
    program(
        Files.createDirectories(folder.resolve("bin")).resolve("mvn"),
        "exec '%s' -B -s '%s' -Dmaven.repo.local='%s' \"$@\""
            .formatted(
                onPath("mvn").findFirst().orElseThrow(),
                settings,
                Path.of("target/outside-libraries").toAbsolutePath()));
  }

  /** Opens one, in the clone. */
  Terminal terminal() throws IOException {
    return new Terminal(checkout(), environment(), folder.resolve("screen"));
  }

  /** What programs run with here: nothing of this project but what Maven and Java need. */
  private Map<String, String> environment() {
    String java = System.getProperty("java.home");
    return Map.of(
        "JAVA_HOME",
        java,
        "PATH",
        folder.resolve("bin") + ":" + java + "/bin:" + System.getenv("PATH"),
        "HOME",
        System.getProperty("user.home"),
        "MAVEN_OPTS",
        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "LANG",
        "C.UTF-8");
  }

  private static Path natsServer() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("NATS_SERVER_BIN")).map(Path::of),
            Stream.concat(
                onPath("nats-server"), Stream.of(PROJECT.resolve(".bb/tools/nats-server"))))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no nats-server; ./bb test fetches one"));
  }

  private static Stream<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable);
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(entry -> !entry.endsWith("test-classes"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
