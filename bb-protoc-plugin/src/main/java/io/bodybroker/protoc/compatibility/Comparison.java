package io.bodybroker.protoc.compatibility;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What breaks between contracts as they were and as they are. */
final class Comparison {
  private final ContractSet before;
  private final ContractSet now;
  private final Changes changes = new Changes();

  /** Files whose declarations are not looked at, because one change is about them all. */
  private final Set<String> settled = new HashSet<>();

  private Comparison(ContractSet before, ContractSet now) {
    this.before = before;
    this.now = now;
  }

  static List<BreakingChange> of(ContractSet before, ContractSet now) {
    var comparison = new Comparison(before, now);
    comparison.compareFiles();
    comparison.compareMessages();
    comparison.compareEnums();
    comparison.compareServices();
    comparison.compareExtensions();
    return comparison.changes.inOrder();
  }

  private void compareFiles() {
    var files = now.filesByName();
    before
        .filesByName()
        .forEach((name, was) -> {
          if (new FileComparison(changes).isSettled(was, files.get(name), now)) {
            settled.add(name);
          }
        });
  }

  private void compareMessages() {
    var messages = now.messages();
    var comparison = new MessageComparison(changes);
    before
        .messages()
        .forEach((name, was) -> {
          if (!settled.contains(was.getFile().getName())) {
            comparison.compare(was, messages.get(name), messages);
          }
        });
  }

  private void compareEnums() {
    var messages = now.messages();
    var enums = now.enums();
    var comparison = new EnumComparison(changes);
    before
        .enums()
        .forEach((name, was) -> {
          if (!settled.contains(was.getFile().getName())) {
            comparison.compare(was, enums.get(name), messages);
          }
        });
  }

  private void compareServices() {
    var services = now.services();
    var comparison = new ServiceComparison(changes);
    before
        .services()
        .forEach((name, was) -> {
          if (!settled.contains(was.getFile().getName())) {
            comparison.compare(was, services.get(name));
          }
        });
  }

  private void compareExtensions() {
    var extensions = now.extensions();
    var comparison = new FieldComparison(changes);
    before
        .extensions()
        .forEach((key, was) -> {
          var is = extensions.get(key);
          if (is != null) {
            comparison.compare(was, is);
          } else if (!settled.contains(was.getFile().getName())) {
            changes.add(
                was,
                "was removed or renumbered",
                "it stays as it was, deprecated",
                Broken.PAYLOADS,
                Broken.JAVA_CODE);
          }
        });
  }
}
