package io.bodybroker.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What pages show is in the tree, where other tests compile and run it; what they link to exists.
 */
class DocumentationTest {
  private static final Set<String> SOURCES = Set.of("java", "proto", "xml", "yaml");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @TestFactory
  Stream<DynamicTest> everySourceShownIsInTheTree() {
    String tree =
        CodeBlock.files(".java", ".proto", ".xml", ".yaml")
            .map(file -> CodeBlock.plain(CodeBlock.read(file)))
            .collect(Collectors.joining());
    List<CodeBlock> shown =
        CodeBlock.all().stream().filter(block -> SOURCES.contains(block.language())).toList();
    assertThat(shown).isNotEmpty();
    return shown.stream()
        .map(block ->
            DynamicTest.dynamicTest(
                block.toString(), () -> assertThat(tree).contains(CodeBlock.plain(block.text()))));
  }

  @TestFactory
  Stream<DynamicTest> everyBlockSaysWhatItIs() {
    return CodeBlock.all().stream()
        .map(block ->
            DynamicTest.dynamicTest(
                block.toString(),
                () ->
                    assertThat(block.language())
                        .isIn("java", "proto", "xml", "yaml", "sh", "json", "text", "http")));
  }

  @TestFactory
  Stream<DynamicTest> everyLinkWithinTheProjectLeadsSomewhere() {
    return CodeBlock.files(".md")
        .flatMap(page ->
            LINK.matcher(CodeBlock.read(page))
                .results()
                .map(link -> page.resolveSibling(link.group(1)).normalize()))
        .distinct()
        .map(target -> DynamicTest.dynamicTest(target.toString(), () -> assertExists(target)));
  }

  private static void assertExists(Path target) {
    assertThat(Files.exists(target)).as("%s exists", target).isTrue();
  }
}
