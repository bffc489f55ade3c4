package io.bodybroker.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command as pages show it, taken apart into words: no variables, no pipes, so that nobody has to
 * guess what it does.
 *
 * @param words the program and its arguments
 */
record ShellCommand(List<String> words) {
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
        .map(line -> new ShellCommand(words(line)));
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
