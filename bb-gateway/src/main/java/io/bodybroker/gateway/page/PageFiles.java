package io.bodybroker.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.CRC32;

/**
 * The files that the page is made of. Those of our own are asked for under a checksum of them all,
 * those of the viewer under its version; so browsers may keep both for ever, and two versions of
 * the gateway behind one load balancer never serve each other's files.
 */
public final class PageFiles {
  private static final String VIEWER = "/META-INF/resources/webjars/swagger-ui/";
  private static final String INDEX = "index.html";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** A file and its type. */
  private record Source(String name, String mediaType) {}

  private static final List<Source> OWN =
      List.of(
          new Source("page.js", JAVASCRIPT),
          new Source("streams.js", JAVASCRIPT),
          new Source("page.css", STYLE),
          new Source("icon.svg", "image/svg+xml"));

  private static final List<Source> OF_VIEWER =
      List.of(new Source("swagger-ui-bundle.js", JAVASCRIPT), new Source("swagger-ui.css", STYLE));

  private PageFiles() {}

  /** All of them; the page itself comes first. */
  public static List<PageFile> all() {
    String version = viewerVersion();
    String own = "/page/" + checksum();
    String viewer = "/page/swagger-ui-" + version;
    var files = new ArrayList<PageFile>();
    files.add(new PageFile("/", "text/html; charset=utf-8", false, () -> index(own, viewer)));
    for (Source source : OWN) {
      files.add(file(own, source, source.name()));
    }
    for (Source source : OF_VIEWER) {
      files.add(file(viewer, source, VIEWER + version + "/" + source.name()));
    }
    return files;
  }

  private static PageFile file(String folder, Source source, String resource) {
    return new PageFile(
        folder + "/" + source.name(), source.mediaType(), true, () -> read(resource));
  }

  private static byte[] index(String own, String viewer) {
    String page = new String(read(INDEX), UTF_8);
    return page.replace("{{own}}", own).replace("{{viewer}}", viewer).getBytes(UTF_8);
  }

  private static String viewerVersion() {
    var properties = new Properties();
    try {
      properties.load(new StringReader(new String(read("page.properties"), UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a reader in memory throws none
    }
    return properties.getProperty("viewer.version");
  }

  private static String checksum() {
    var checksum = new CRC32();
    OWN.forEach(source -> checksum.update(read(source.name())));
    return "%08x".formatted(checksum.getValue());
  }

  private static byte[] read(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
