package io.bodybroker.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a project is called, in each spelling that its files need: {@code box-office}, {@code
 * BoxOffice}, {@code box_office}; and the packages of its Java and of its contract.
 *
 * @param kebab words of small letters and digits with {@code -} between them
 * @param javaPackage of two segments at least
 */
record ProjectName(String kebab, String javaPackage) {
  /** A word of one letter would not come back from the name of the service: {@code AB} is ab. */
  private static final String NAME = "[a-z][a-z0-9]+(-[a-z][a-z0-9]+)*";

  private static final int LONGEST = 40;

  ProjectName {
    if (!kebab.matches(NAME) || kebab.length() > LONGEST) {
      throw CommandException.usage(
          "name: \"%s\" (expected: words of small letters and digits with '-' between them, each of two characters or more and beginning with a letter, such as box-office; at most %d characters)"
              .formatted(kebab, LONGEST));
    }
    boolean isPackage = SourceVersion.isName(javaPackage, SourceVersion.RELEASE_21);
    if (!isPackage || !javaPackage.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+")) {
      throw CommandException.usage(
          "--package: \"%s\" (expected: a Java package in small letters, of two segments or more, none of them a word of the language, such as com.acme.seats)"
              .formatted(javaPackage));
    }
  }

  /** Below {@code com.example}, until somebody says better. */
  static ProjectName of(String kebab) {
    return new ProjectName(kebab, "com.example." + kebab.replace("-", ""));
  }

  String pascal() {
    return words().stream()
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  String snake() {
    return String.join("_", words());
  }

  /** As people say it. */
  String spoken() {
    return String.join(" ", words());
  }

  private List<String> words() {
    return Arrays.asList(kebab.split("-", -1));
  }

  /** The Maven group: the package without its last segment. */
  String group() {
    return javaPackage.substring(0, javaPackage.lastIndexOf('.'));
  }

  /**
   * The contract's package, but for its version: {@code acme.box_office} for {@code
   * com.acme.boxoffice}.
   */
  String protoPackage() {
    var segments = javaPackage.split("\\.", -1);
    var owner = List.of(segments).subList(1, segments.length - 1);
    return owner.isEmpty() ? snake() : String.join(".", owner) + "." + snake();
  }
}
