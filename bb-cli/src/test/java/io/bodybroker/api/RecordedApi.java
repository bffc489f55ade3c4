package io.bodybroker.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The API of modules as files: as it is, and as the last release had it.
 *
 * @param directory where they are
 */
record RecordedApi(Path directory) {
  Optional<ModuleApi> present(String module) throws IOException {
    return read(file("", module));
  }

  /** Nothing before the first release. */
  Optional<ModuleApi> released(String module) throws IOException {
    return read(file("released", module));
  }

  void record(ModuleApi api) throws IOException {
    write(file("", api.module()), api);
  }

  void recordRelease(ModuleApi api) throws IOException {
    write(file("released", api.module()), api);
  }

  private Path file(String kind, String module) {
    return directory.resolve(kind).resolve(module + ".txt");
  }

  private static Optional<ModuleApi> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(ModuleApi.parse(Files.readString(file)))
        : Optional.empty();
  }

  private static void write(Path file, ModuleApi api) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, api.text());
  }
}
