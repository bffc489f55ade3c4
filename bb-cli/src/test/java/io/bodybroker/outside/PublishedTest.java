package io.bodybroker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The POMs that are published, and the versions that the example repeats. */
class PublishedTest {
  private static final Pattern VERSION = Pattern.compile("<version\\.[a-z-]+>[^<]+</");
  private static final Pattern OURS = Pattern.compile("<artifactId>((?:bb|svc)-[a-z-]+)</");

  private static List<String> published() {
    return Machine.PUBLISHED;
  }

  @ParameterizedTest
  @MethodSource("published")
  void pomsStandAlone(String module) throws IOException {
    String pom = Files.readString(Path.of("..", module, ".flattened-pom.xml"));

    assertThat(pom)
        .doesNotContain("<parent>", "<build>", "<repositories>", "<profiles>")
        .contains("<name>", "<description>", "<license>", "<scm", "<developer>");
    assertThat(OURS.matcher(pom).results().map(found -> found.group(1)))
        .isSubsetOf(published().stream().map(PublishedTest::artifact).toList());
  }

  private static String artifact(String folder) {
    return folder.equals("bom") ? "bb-bom" : folder;
  }

  @Test
  void theExampleHasTheVersionsOfThisProject() throws IOException {
    String root = Files.readString(Path.of("../pom.xml"));
    String example = Files.readString(Path.of("../examples/box-office/pom.xml"));
    Set<String> versions =
        VERSION.matcher(example).results().map(found -> found.group()).collect(Collectors.toSet());

    assertThat(versions).hasSize(5);
    versions.removeIf(version -> version.startsWith("<version.bodybroker>"));
    assertThat(root).contains(versions);
    assertThat(example).contains("<version.bodybroker>" + System.getProperty("bb.version") + "</");
  }
}
