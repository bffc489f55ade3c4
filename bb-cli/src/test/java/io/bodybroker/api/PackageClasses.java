package io.bodybroker.api;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes that lie beside one and below, in its directory or its jar. */
final class PackageClasses {
  private static final String ENDING = ".class";

  private PackageClasses() {}

  static List<? extends Class<?>> around(Class<?> anchor) throws IOException {
    Path source = source(anchor);
    if (Files.isDirectory(source)) {
      return below(source, anchor);
    }
    try (var jar = FileSystems.newFileSystem(source)) {
      return below(jar.getPath("/"), anchor);
    }
  }

  private static Path source(Class<?> anchor) {
    try {
      return Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<? extends Class<?>> below(Path root, Class<?> anchor) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(anchor.getPackageName().replace('.', '/')))) {
      return all.map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(ENDING) && !file.endsWith("package-info.class"))
          .map(file -> file.substring(0, file.length() - ENDING.length()).replace('/', '.'))
          .map(name -> load(name, anchor.getClassLoader()))
          .toList();
    }
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
