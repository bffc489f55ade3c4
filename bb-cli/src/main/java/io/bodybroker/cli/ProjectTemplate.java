package io.bodybroker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project in {@code examples/box-office}, from which others are made by giving it their names.
 * So what is made is what the tests of the example run.
 *
 * @param folder where it is
 */
record ProjectTemplate(Path folder) {
  static final ProjectName NAME = ProjectName.of("box-office");

  private static final List<String> PARTS = List.of("README.md", "pom.xml", ".gitignore", "src");
  private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w*");

  /** What is generated from the contract or stands beside it, by the end of its name. */
  private static final List<String> ENDINGS =
      List.of("", "App", "Module", "Test", "Service", "Client", "Contract");

  /**
   * Makes a project.
   *
   * @throws CommandException if a type of the project would have the name of another one
   */
  void copyTo(Path target, ProjectName name) throws IOException {
    Map<Path, String> files = read();
    requireNoOther(files, name);
    Map<String, String> spellings = spellings(name);
    for (var file : files.entrySet()) {
      Path copy = target.resolve(replace(file.getKey().toString(), spellings));
      Files.createDirectories(copy.toAbsolutePath().getParent());
      Files.writeString(copy, replace(file.getValue(), spellings));
    }
  }

  private Map<Path, String> read() throws IOException {
    var files = new LinkedHashMap<Path, String>();
    for (String part : PARTS) {
      try (Stream<Path> all = Files.walk(folder.resolve(part))) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          files.put(folder.relativize(file), Files.readString(file));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return files;
  }

  private static void requireNoOther(Map<Path, String> files, ProjectName name) {
    List<String> made = ENDINGS.stream().map(ending -> name.pascal() + ending).toList();
    List<String> own = ENDINGS.stream().map(ending -> NAME.pascal() + ending).toList();
    files.entrySet().stream()
        .filter(file -> file.getKey().startsWith("src"))
        .flatMap(file -> TYPE.matcher(file.getValue()).results())
        .map(type -> type.group())
        .filter(type -> made.contains(type) && !own.contains(type))
        .findFirst()
        .ifPresent(type -> {
          throw CommandException.usage(
              "name: \"%s\" (expected: another one, since %s is something else in the project)"
                  .formatted(name.kebab(), type));
        });
  }

  /** The longer ones first: they hold shorter ones. */
  private static Map<String, String> spellings(ProjectName name) {
    var spellings = new LinkedHashMap<String, String>();
    spellings.put(NAME.javaPackage(), name.javaPackage());
    spellings.put(path(NAME.javaPackage()), path(name.javaPackage()));
    spellings.put(NAME.protoPackage(), name.protoPackage());
    spellings.put(path(NAME.protoPackage()), path(name.protoPackage()));
    spellings.put("<groupId>" + NAME.group() + "<", "<groupId>" + name.group() + "<");
    spellings.put(NAME.kebab(), name.kebab());
    spellings.put(NAME.snake(), name.snake());
    spellings.put(NAME.pascal(), name.pascal());
    spellings.put(NAME.spoken(), name.spoken());
    return spellings;
  }

  private static String path(String dotted) {
    return dotted.replace('.', '/');
  }

  /** In one pass, so that nothing is replaced in what has come in. */
  private static String replace(String text, Map<String, String> spellings) {
    var any =
        Pattern.compile(String.join("|", spellings.keySet().stream().map(Pattern::quote).toList()));
    return any.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(spelling(found, spellings)));
  }

  private static String spelling(MatchResult found, Map<String, String> spellings) {
    return Objects.requireNonNull(spellings.get(found.group()));
  }
}
