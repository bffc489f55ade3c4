package io.bodybroker.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command as pages show it, taken apart into words: no pipes, and no variables but those that
 * take what a command prints, so that nobody has to guess what it does.
 *
 * @param variable what takes what it prints, if something does
 * @param words the program and its arguments
 */
record ShellCommand(Optional<String> variable, List<String> words) {
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\\$\\((.*)\\)");
  private static final Pattern PIECE = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)|\\s+");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");

  /** The commands of a block as they are shown, without its comments. */
  static Stream<String> lines(CodeBlock block) {
    return block
        .text()
        .replace("\\\n", " ")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.replaceFirst("\\s+#.*", ""));
  }

  /**
   * Understands a command as a shell does, which knows no variables between single quotes.
   *
   * @param variables what they are; one that is not among them is an error
   */
  static ShellCommand parse(String line, Map<String, String> variables) {
    var assignment = ASSIGNMENT.matcher(line);
    return assignment.matches()
        ? new ShellCommand(Optional.of(assignment.group(1)), words(assignment.group(2), variables))
        : new ShellCommand(Optional.empty(), words(line, variables));
  }

  private static List<String> words(String line, Map<String, String> variables) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    var pieces = PIECE.matcher(line);
    boolean isBegun = false;
    while (pieces.find()) {
      if (pieces.group(1) != null) {
        word.append(pieces.group(1));
        isBegun = true;
      } else if (pieces.group(2) != null) {
        word.append(expand(pieces.group(2), variables));
        isBegun = true;
      } else if (pieces.group(3) != null) {
        word.append(expand(pieces.group(3), variables));
        isBegun = true;
      } else if (isBegun) {
        words.add(word.toString());
        word.setLength(0);
        isBegun = false;
      }
    }
    if (isBegun) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }

  private static String expand(String text, Map<String, String> variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                Objects.requireNonNull(variables.get(found.group(1)), found.group())));
  }

  boolean is(String... first) {
    return words.size() >= first.length && words.subList(0, first.length).equals(List.of(first));
  }

  /** The words after the option, wherever it stands. */
  List<String> after(String option) {
    var values = new ArrayList<String>();
    for (int i = 0; i < words.size() - 1; i++) {
      if (words.get(i).equals(option)) {
        values.add(words.get(i + 1));
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
