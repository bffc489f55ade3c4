package io.bodybroker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bb new} makes of the example, and what it refuses. */
@Timeout(600)
class NewProjectTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() throws IOException {
    terminal = Machine.in(folder).terminal();
  }

  @AfterEach
  void close() throws IOException {
    terminal.close();
  }

  @Test
  void buildsUnderOtherNamesAndPassesItsTests() throws IOException {
    run(0, "./bb new parcel-track --package com.acme.logistics.parcels");
    run(0, "PATH=$PWD/.bb/tools:$PATH; cd ../parcel-track");
    run(0, "mvn -q -ntp package");

    Path project = folder.resolve("parcel-track");
    assertThat(project.resolve("target/parcel-track.jar")).exists();
    assertThat(project.resolve("src/main/proto/acme/logistics/parcel_track/v1/parcel_track.proto"))
        .content()
        .contains("package acme.logistics.parcel_track.v1;", "service ParcelTrack {");
    for (Path file : files(project)) {
      assertThat(project.relativize(file) + "\n" + Files.readString(file))
          .doesNotContainIgnoringCase("box-office", "box_office", "box office", "boxoffice")
          .doesNotContain("com.example", "example/");
    }
  }

  private static List<Path> files(Path project) throws IOException {
    try (Stream<Path> all = Files.walk(project)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(project.resolve("target")))
          .toList();
    }
  }

  @Test
  void isTheExampleUnderTheNamesOfTheExample() throws IOException {
    run(0, "./bb new box-office");

    Path made = folder.resolve("box-office");
    Path example = Path.of("../examples/box-office");
    for (String file : List.of("pom.xml", "README.md", ".gitignore")) {
      assertThat(made.resolve(file)).hasSameTextualContentAs(example.resolve(file));
    }
  }

  @Test
  void goesWhereItIsTold() {
    run(0, "cd ..");

    assertThat(run(0, "clone/bb new box-office --dir=here/and/there"))
        .contains("Made box-office in here/and/there. Next:\n  cd here/and/there\n");
    assertThat(folder.resolve("here/and/there/pom.xml")).exists();
  }

  @Test
  void saysWhatWouldBeRightAndMakesNothing() throws IOException {
    Files.createDirectories(folder.resolve("full/of"));

    assertThat(run(2, "./bb new")).contains("usage: bb new <name>");
    assertThat(run(2, "./bb new Seats")).contains("name: \"Seats\" (expected: words of small");
    assertThat(run(2, "./bb new seat-s")).contains("name: \"seat-s\"");
    assertThat(run(2, "./bb new store")).contains("since Store is something else in the project");
    assertThat(run(2, "./bb new seats --package seats")).contains("--package: \"seats\"");
    assertThat(run(2, "./bb new seats --package com.acme.new")).contains("--package");
    assertThat(run(2, "./bb new seats --dir seats")).contains("a folder outside of");
    assertThat(run(2, "./bb new seats --dir ../full")).contains("a folder that is new or empty");
    assertThat(run(2, "./bb new seats --dir bb")).contains("a folder outside of");
    assertThat(run(2, "./bb new seats --port 1")).contains("unknown option --port");
    assertThat(folder.resolve("seats")).doesNotExist();
    assertThat(folder.resolve("store")).doesNotExist();
  }

  private String run(int status, String command) {
    var result = terminal.run(command);
    assertThat(result.status()).as("%s%n%s", command, result.output()).isEqualTo(status);
    return result.output();
  }
}
