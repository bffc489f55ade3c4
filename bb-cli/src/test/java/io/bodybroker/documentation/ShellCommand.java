package io.bodybroker.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command as pages show it, taken apart into words: no pipes, and no variables but those that
 * take what a command prints, so that nobody has to guess what it does.
 *
 * @param variable what takes what it prints; empty if nothing does
 * @param words the program and its arguments
 */
record ShellCommand(String variable, List<String> words) {
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\\$\\((.*)\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

  /** The commands of a block, without its comments. */
  static Stream<ShellCommand> of(CodeBlock block) {
    return block
        .text()
        .replace("\\\n", " ")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.replaceFirst("\\s+#.*", ""))
        .map(ShellCommand::parse);
  }

  private static ShellCommand parse(String line) {
    var assignment = ASSIGNMENT.matcher(line);
    return assignment.matches()
        ? new ShellCommand(assignment.group(1), words(assignment.group(2)))
        : new ShellCommand("", words(line));
  }

  /** With what the variables are. */
  ShellCommand with(Map<String, String> variables) {
    var replaced =
        words.stream()
            .map(word ->
                VARIABLE
                    .matcher(word)
                    .replaceAll(name ->
                        Matcher.quoteReplacement(
                            Objects.requireNonNull(variables.get(name.group(1)), name.group(1)))))
            .toList();
    return new ShellCommand(variable, replaced);
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    WORD.matcher(line)
        .results()
        .forEach(word -> words.add(word.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2")));
    return List.copyOf(words);
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
