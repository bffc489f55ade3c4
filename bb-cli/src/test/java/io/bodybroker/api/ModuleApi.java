package io.bodybroker.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a module shows to its users.
 *
 * @param module its artifact
 * @param version of the artifact
 * @param classes the lines of {@link ClassApi} by class
 */
record ModuleApi(String module, String version, Map<String, List<String>> classes) {
  private static final String TITLE = "# Public API of ";

  /**
   * As the class path has it, below the package of the anchor. Generated classes are left out,
   * because the check of contracts looks after them; so are {@code internal} packages, which nobody
   * outside may use.
   */
  static ModuleApi onClassPath(String module, String version, Class<?> anchor) throws IOException {
    return of(
        module,
        version,
        PackageClasses.around(anchor).stream()
            .filter(type -> !type.getPackageName().endsWith(".v1"))
            .filter(type -> !type.getPackageName().contains(".internal")));
  }

  static ModuleApi of(String module, String version, Stream<? extends Class<?>> classes) {
    var lines = new TreeMap<String, List<String>>();
    classes
        .filter(ClassApi::isShown)
        .forEach(type -> lines.put(type.getTypeName(), ClassApi.of(type)));
    return new ModuleApi(module, version, lines);
  }

  static ModuleApi parse(String text) {
    var classes = new TreeMap<String, List<String>>();
    List<String> lines = text.lines().toList();
    String[] title = lines.getFirst().substring(TITLE.length()).split(" ", -1);
    List<String> members = List.of();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("  ")) {
        members.add(line.strip());
      } else if (!line.isBlank()) {
        members = new ArrayList<>();
        classes.put(line, members);
      }
    }
    return new ModuleApi(title[0], title[1], classes);
  }

  /** As it is kept. */
  String text() {
    var text = new StringBuilder(TITLE + module + " " + version + "\n");
    classes.forEach((name, lines) -> {
      text.append("\n").append(name).append("\n");
      lines.forEach(line -> text.append("  ").append(line).append("\n"));
    });
    return text.toString();
  }
}
