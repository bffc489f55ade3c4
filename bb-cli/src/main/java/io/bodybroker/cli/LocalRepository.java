package io.bodybroker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What this project publishes, as built last, in a repository that Maven reads. So projects outside
 * can use a version that is not released, by coordinates alone, and without an {@code install},
 * which would hide from the modules of this project what was just changed in them.
 *
 * <p>Each time is a snapshot of its own, with a time stamp, as a remote repository has it: else
 * Maven would keep the first one that it saw.
 */
final class LocalRepository {
  private static final String GROUP = "io/bodybroker";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss").withZone(ZoneOffset.UTC);

  private final Path project;
  private final Path folder;

  /**
   * @param project this project, built
   * @param folder where the repository is, or shall be
   */
  LocalRepository(Path project, Path folder) {
    this.project = project;
    this.folder = folder;
  }

  /** The version that is built. */
  String version() throws IOException {
    return text(bom().getDocumentElement(), "version");
  }

  /** Puts all that is published in; returns the repository's address. */
  String publish(Instant now) throws IOException {
    String version = version();
    var managed = bom().getElementsByTagName("dependency");
    for (int i = 0; i < managed.getLength(); i++) {
      String artifact = text((Element) managed.item(i), "artifactId");
      publish(new Snapshot(artifact, version, STAMP.format(now)), project.resolve(artifact));
    }
    publish(new Snapshot("bb-bom", version, STAMP.format(now)), project.resolve("bom"));
    return folder.toAbsolutePath().normalize().toUri().toString();
  }

  private void publish(Snapshot snapshot, Path module) throws IOException {
    Path target = folder.resolve(GROUP).resolve(snapshot.artifact()).resolve(snapshot.version());
    Files.createDirectories(target);
    copy(module.resolve(".flattened-pom.xml"), target.resolve(snapshot.file(".pom")));
    Path jar = module.resolve("target").resolve(snapshot.artifact() + ".jar");
    Path versioned = jar.resolveSibling(snapshot.artifact() + "-" + snapshot.version() + ".jar");
    for (Path built : Stream.of(jar, versioned).filter(Files::exists).toList()) {
      copy(built, target.resolve(snapshot.file(".jar")));
    }
    // Last, since from here on the new files are found and the old ones are not.
    Files.writeString(target.resolve("maven-metadata.xml"), snapshot.metadata());
    removeOthers(target, snapshot.stamp());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void removeOthers(Path target, String stamp) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.filter(one -> !one.toString().endsWith(".xml")).toList()) {
        if (!file.getFileName().toString().contains(stamp)) {
          Files.delete(file);
        }
      }
    }
  }

  private Document bom() throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(project.resolve("bom/.flattened-pom.xml").toFile());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("the BOM that was built cannot be read", e);
    }
  }

  /** Of a child, not of any descendant. */
  private static String text(Element parent, String name) {
    var children = parent.getChildNodes();
    return Stream.iterate(0, i -> i < children.getLength(), i -> i + 1)
        .map(children::item)
        .filter(child -> child.getNodeName().equals(name))
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " in the BOM"));
  }

  /** One artifact as it was at one time. */
  private record Snapshot(String artifact, String version, String stamp) {
    String file(String ending) {
      return artifact + "-" + version.replace("SNAPSHOT", stamp + "-1") + ending;
    }

    /** See the Maven repository metadata reference. */
    String metadata() {
      return """
      <metadata modelVersion="1.1.0">
        <groupId>io.bodybroker</groupId>
        <artifactId>%s</artifactId>
        <version>%s</version>
        <versioning>
          <snapshot>
            <timestamp>%s</timestamp>
            <buildNumber>1</buildNumber>
          </snapshot>
          <lastUpdated>%s</lastUpdated>
        </versioning>
      </metadata>
      """
          .formatted(artifact, version, stamp, stamp.replace(".", ""));
    }
  }
}
