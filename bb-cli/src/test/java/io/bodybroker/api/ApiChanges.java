package io.bodybroker.api;

import java.util.ArrayList;
import java.util.List;

/**
 * How an API differs from an earlier one.
 *
 * @param breaks what users have to change their code for
 * @param additions what they need not know of
 */
record ApiChanges(List<String> breaks, List<String> additions) {
  static ApiChanges between(ModuleApi before, ModuleApi now) {
    var changes = new ApiChanges(new ArrayList<>(), new ArrayList<>());
    before
        .classes()
        .forEach((name, lines) -> {
          List<String> present = now.classes().get(name);
          if (present == null) {
            changes.breaks.add(name + " is gone");
          } else {
            changes.compare(name, lines, present);
          }
        });
    now.classes().keySet().stream()
        .filter(name -> !before.classes().containsKey(name))
        .forEach(name -> changes.additions.add(name + " is new"));
    return changes;
  }

  private void compare(String name, List<String> before, List<String> now) {
    before.stream()
        .filter(line -> !now.contains(line))
        .forEach(
            line -> (isRestriction(line) ? additions : breaks).add(name + " no longer: " + line));
    now.stream()
        .filter(line -> !before.contains(line))
        .forEach(line ->
            (isRestriction(line) || isDemand(line) ? breaks : additions)
                .add(name + " now: " + line));
  }

  /** What keeps users from something; who implements, extends or switches feels a new one. */
  private static boolean isRestriction(String line) {
    return line.startsWith("is ") || line.startsWith("permits ");
  }

  /** What implementations must have. */
  private static boolean isDemand(String line) {
    return line.startsWith("abstract ") || line.startsWith("protected abstract ");
  }

  boolean isEmpty() {
    return breaks.isEmpty() && additions.isEmpty();
  }

  /** For who has to decide. */
  String text() {
    return part("these break users:", breaks) + part("these are new:", additions);
  }

  private static String part(String title, List<String> lines) {
    return lines.isEmpty() ? "" : "\n" + title + "\n  " + String.join("\n  ", lines) + "\n";
  }
}
