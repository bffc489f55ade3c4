package io.bodybroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code ./bb}, in a project of its own, on a machine whose JDKs, Maven and servers are
 * stand-ins.
 */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "bb");

  /** All that the script may use of a machine before anything is set up. */
  private static final List<String> TOOLS =
      List.of("cat", "date", "dirname", "find", "mkdir", "mv", "readlink", "rm", "sed", "sort");

  @TempDir private Path directory;
  private Path project;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeMachine() throws IOException {
    project = Files.createDirectories(directory.resolve("project"));
    Files.copy(SCRIPT, project.resolve("bb"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(project.resolve("bb-cli/src/main/java"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("bb-cli/pom.xml"), "<project/>");
    for (String tool : TOOLS) {
      program("bin/" + tool, "exec " + installed(tool) + " \"$@\"");
    }
    program("bin/mvn", "echo \"mvn $*\"; mkdir -p bb-cli/target; : >bb-cli/target/bb-cli.jar");
    program("servers/nats-server", "echo 'nats-server: v2.10.27'");
    program("browsers/chromium", "echo 'Chromium 150'");
    jdk("jvms/jdk-21", "21.0.4");
    environment.put("PATH", directory.resolve("bin").toString());
    environment.put("BB_JVM_DIRS", directory.resolve("jvms").toString());
    environment.put("NATS_SERVER_BIN", directory.resolve("servers/nats-server").toString());
    environment.put("CHROMIUM_BIN", directory.resolve("browsers/chromium").toString());
  }

  @Test
  void helpListsCommandsAndSettings() throws Exception {
    Run help = run("help");

    assertThat(help.status()).isZero();
    assertThat(help.output())
        .contains(
            "up [--processes]",
            "call <service>",
            "services",
            "soak <name>",
            "new <name>",
            "test [maven",
            "format")
        .contains("contracts check|accept", "api check|accept|release")
        .contains("4222", "8000", "8080", "NATS_SERVER_BIN");
    assertThat(run()).isEqualTo(help);
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    assertThat(run("upp"))
        .isEqualTo(
            new Run(
                2,
                "bb: unknown command \"upp\" (expected: up, demo, call, session, ticket, services, dlq, streams,"
                    + " audit, backup, restore, permissions, contracts, api, soak, bench, new, test, format, help)\n"));
  }

  @Test
  void saysWhatToInstallWithoutAJdk() throws Exception {
    environment.put("BB_JVM_DIRS", "/nowhere");

    assertThat(run("up"))
        .isEqualTo(
            new Run(
                1,
                "bb: no JDK 21 or newer found (looked at JAVA_HOME, PATH, /nowhere). Install one,"
                    + " e.g. apt-get install openjdk-21-jdk, or set JAVA_HOME.\n"));
  }

  @Test
  void saysWhatToInstallWithoutMaven() throws Exception {
    Files.delete(directory.resolve("bin/mvn"));

    Run up = run("up");

    assertThat(up.status()).isEqualTo(1);
    assertThat(up.output()).contains("no Maven found (looked for mvn on PATH). Install 3.8.6");
  }

  @Test
  void takesTheNewestJdkAndNeverARuntimeWithoutCompilerOrAnOldOne() throws Exception {
    jdk("jvms/jdk-17", "17.0.15");
    jdk("jvms/jdk-25", "25.0.3");
    jdk("jvms/jdk-9", "9.0.1");
    Files.delete(jdk("jvms/jre-26", "26").resolve("bin/javac"));

    assertThat(run("services").output()).contains("java of jdk-25");
  }

  @Test
  void takesTheJdkOfJavaHomeIfItIsRecentEnough() throws Exception {
    jdk("jvms/jdk-25", "25.0.3");
    environment.put("JAVA_HOME", jdk("mine/jdk-22", "22.0.1").toString());
    assertThat(run("services").output()).contains("java of jdk-22");

    environment.put("JAVA_HOME", jdk("mine/jdk-17", "17.0.1").toString());
    assertThat(run("services").output()).contains("java of jdk-25");
  }

  @Test
  void takesTheJdkOfThePath() throws Exception {
    Path jdk = jdk("elsewhere/jdk-23", "23");
    Files.createSymbolicLink(directory.resolve("bin/javac"), jdk.resolve("bin/javac"));

    assertThat(run("services").output()).contains("java of jdk-23");
  }

  @Test
  void buildsOnceAndAgainWhenASourceChanged() throws Exception {
    assertThat(run("up").output()).contains("mvn -q -B -ntp package -pl bb-cli -am");
    assertThat(run("up").output()).doesNotContain("mvn");

    Path source = project.resolve("bb-cli/src/main/java/New.java");
    Files.writeString(source, "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run("up").output()).contains("mvn");
  }

  @Test
  void buildsAgainAfterAFailedBuild() throws Exception {
    program("bin/mvn", "echo broken; exit 1");
    Run failed = run("up");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.output())
        .contains("broken", "bb: the build failed")
        .doesNotContain("java of");

    program("bin/mvn", ": >bb-cli/target/bb-cli.jar");
    Files.createDirectories(project.resolve("bb-cli/target"));
    assertThat(run("up").status()).isZero();
  }

  @Test
  void handsArgumentsServersAndExitStatusOver() throws Exception {
    environment.put("BB_JAVA_OPTS", "-Xmx64m -Da=b");

    assertThat(run("up", "--processes", "a b").output())
        .contains("-Xmx64m -Da=b -jar bb-cli/target/bb-cli.jar up --processes a b")
        .contains("nats at " + environment.get("NATS_SERVER_BIN"));

    assertThat(run("soak", "kill", "--rate", "5").output())
        .contains("-jar bb-cli/target/bb-cli.jar soak kill --rate 5")
        .contains("nats at " + environment.get("NATS_SERVER_BIN"));

    Files.writeString(directory.resolve("jvms/jdk-21/bin/java"), "#!/bin/sh\nexit 42\n");
    assertThat(run("call", "x").status()).isEqualTo(42);
  }

  @Test
  void newKnowsWhereItWasCalled() throws Exception {
    assertThat(run("new", "box-office").output())
        .contains("-Dbb.root=" + project.toRealPath() + " ")
        .contains("-Dbb.caller=" + Path.of("").toRealPath() + " ")
        .contains("-jar bb-cli/target/bb-cli.jar new box-office");
  }

  @Test
  void backupsAreWhereTheCommandWasGiven() throws Exception {
    for (String command : List.of("backup", "restore")) {
      assertThat(run(command, "monday").output())
          .contains("-Dbb.caller=" + Path.of("").toRealPath() + " ")
          .contains("-Dbb.terminal.in=false -Dbb.terminal.err=false ")
          .contains("-jar bb-cli/target/bb-cli.jar " + command + " monday");
    }
  }

  @Test
  void prefersANatsServerOnPathToTheFetchedOneIfItIsRecentEnough() throws Exception {
    environment.remove("NATS_SERVER_BIN");
    Path fetched = program("project/.bb/tools/nats-server", "echo 'nats-server: v2.10.100'");
    Path onPath = program("bin/nats-server", "echo 'nats-server: v2.11.0'");
    assertThat(run("up").output()).contains("nats at " + onPath);

    program("bin/nats-server", "echo 'nats-server: v2.10.22'");
    assertThat(run("up").output()).contains("nats at " + fetched.toRealPath());
  }

  @Test
  void refusesAnOldNatsServerThatItWasTold() throws Exception {
    program("servers/nats-server", "echo 'nats-server: v2.9.10'");

    assertThat(run("up"))
        .isEqualTo(
            new Run(
                1,
                "bb: NATS_SERVER_BIN: \""
                    + environment.get("NATS_SERVER_BIN")
                    + "\" (expected: a nats-server 2.10.23 or newer)\n"));
  }

  @Test
  void testDrivesTheBrowserOfThePathElseTheFetchedOne() throws Exception {
    program("bin/mvn", "echo \"browser $CHROMIUM_BIN\"");
    environment.remove("CHROMIUM_BIN");
    Path fetched = program("project/.bb/tools/chromium/run", "echo 'Chromium 150'");
    assertThat(run("test").output()).contains("browser " + fetched.toRealPath());

    Path onPath = program("bin/google-chrome", "echo 'Google Chrome 150'");
    assertThat(run("test").output()).contains("browser " + onPath);
  }

  @Test
  void refusesABrowserThatIsNone() throws Exception {
    program("browsers/chromium", "exit 1");

    Run test = run("test");

    assertThat(test.status()).isEqualTo(1);
    assertThat(test.output())
        .contains("bb: CHROMIUM_BIN: ", "(expected: a Chromium or Chrome)")
        .doesNotContain("mvn");
  }

  @Test
  void testPassesMavensResultOnAndSaysHowLongItTook() throws Exception {
    Run passed = run("test", "-pl", "bb-testkit");
    assertThat(passed.status()).isZero();
    assertThat(passed.output())
        .contains("mvn -B -ntp verify -pl bb-testkit")
        .containsPattern("bb: tests passed in 0 min \\d+ s \\(JDK 21, nats-server: v2.10.27\\)");

    program("bin/mvn", "exit 3");
    Run failed = run("test");
    assertThat(failed.status()).isEqualTo(3);
    assertThat(failed.output()).contains("bb: tests FAILED");
  }

  @Test
  void apiRunsTheTestThatKnowsItAndPassesItsResultOn() throws Exception {
    assertThat(run("api", "accept"))
        .isEqualTo(
            new Run(
                0,
                "mvn -q -B -ntp test -pl bb-cli -am -Dtest=PublishedApiTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dbb.api=accept\n"
                    + "bb: the API is as baseline/api says\n"));

    program("bin/mvn", "exit 1");
    Run failed = run("api", "check");
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.output()).contains("bb: the API is not as recorded");

    assertThat(run("api").status()).isEqualTo(2);
  }

  private Run run(String... arguments) throws Exception {
    var builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of("/bin/sh", project.resolve("bb").toString()), Stream.of(arguments))
                .toList());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), output);
  }

  private Path jdk(String home, String version) throws IOException {
    program(
        home + "/bin/java",
        "echo \"java of " + Path.of(home).getFileName() + ": $*; nats at ${NATS_SERVER_BIN-}\"");
    program(home + "/bin/javac", "");
    Files.writeString(
        directory.resolve(home).resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return directory.resolve(home);
  }

  private Path program(String name, String script) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path installed(String tool) {
    return Stream.of("/bin/", "/usr/bin/")
        .map(folder -> Path.of(folder + tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  /** How the script ended, and what it and its children wrote. */
  private record Run(int status, String output) {}
}
