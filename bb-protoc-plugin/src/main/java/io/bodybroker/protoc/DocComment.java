package io.bodybroker.protoc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Javadoc comment, made of blocks in the order they are added.
 *
 * <p>Text of a contract is taken as the little Markdown that people write there: paragraphs, lists
 * of {@code -} or {@code *}, code between backquotes. All else in it means nothing to Javadoc or to
 * the compiler, whatever it looks like.
 */
final class DocComment {
  private record Block(Kind kind, String text) {}

  private enum Kind {
    PARAGRAPH("<p>", ""),
    ITEM("  <li>", "      "),
    TAG("", "    ");

    private final String start;

    /** What second and further lines begin with. */
    private final String indent;

    Kind(String start, String indent) {
      this.start = start;
      this.indent = indent;
    }

    private String start(boolean isFirst) {
      return this == PARAGRAPH && isFirst ? "" : start;
    }
  }

  private final List<Block> blocks = new ArrayList<>();

  /** What a contract says, or a paragraph of our own if it says nothing. */
  static DocComment of(String comment, String otherwise) {
    return comment.isBlank() ? new DocComment().html(otherwise) : new DocComment().text(comment);
  }

  /** Adds a paragraph in which HTML and Javadoc tags count. */
  DocComment html(String paragraph) {
    blocks.add(new Block(Kind.PARAGRAPH, paragraph));
    return this;
  }

  /** Adds a block tag, {@code @deprecated ...}. */
  DocComment tag(String tag) {
    blocks.add(new Block(Kind.TAG, tag));
    return this;
  }

  /** Adds the text of a contract. */
  DocComment text(String comment) {
    var open = new StringBuilder();
    var kind = Kind.PARAGRAPH;
    for (String line : comment.lines().map(String::strip).toList()) {
      boolean startsItem = line.startsWith("- ") || line.startsWith("* ");
      if (line.isEmpty() || startsItem) {
        close(kind, open);
        kind = startsItem ? Kind.ITEM : Kind.PARAGRAPH;
      }
      open.append(open.isEmpty() ? "" : " ").append(startsItem ? line.substring(2).strip() : line);
    }
    close(kind, open);
    return this;
  }

  private void close(Kind kind, StringBuilder open) {
    if (!open.isEmpty()) {
      blocks.add(new Block(kind, JavadocText.of(open.toString())));
      open.setLength(0);
    }
  }

  /**
   * The comment as source lines.
   *
   * @param width columns there are
   */
  List<String> lines(int width) {
    if (blocks.size() == 1 && blocks.getFirst().kind() != Kind.ITEM) {
      String single = "/** " + blocks.getFirst().text() + " */";
      if (single.length() <= width) {
        return List.of(single);
      }
    }
    var lines = new ArrayList<String>();
    lines.add("/**");
    body(width - " * ".length()).forEach(line -> lines.add((" * " + line).stripTrailing()));
    lines.add(" */");
    return lines;
  }

  private List<String> body(int width) {
    var body = new ArrayList<String>();
    @Nullable Kind previous = null;
    for (Block block : blocks) {
      boolean continues = block.kind() == previous && previous != Kind.PARAGRAPH;
      if (previous == Kind.ITEM && !continues) {
        body.add("</ul>");
      }
      if (previous != null && !continues) {
        body.add("");
      }
      if (block.kind() == Kind.ITEM && !continues) {
        body.add("<ul>");
      }
      wrap(block, previous == null, width, body);
      previous = block.kind();
    }
    if (previous == Kind.ITEM) {
      body.add("</ul>");
    }
    return body;
  }

  private static void wrap(Block block, boolean isFirst, int width, List<String> body) {
    var line = new StringBuilder(block.kind().start(isFirst));
    boolean isEmptyLine = true;
    for (String word : block.text().split(" +", -1)) {
      if (!isEmptyLine && line.length() + 1 + word.length() > width) {
        body.add(line.toString());
        line = new StringBuilder(block.kind().indent);
        isEmptyLine = true;
      }
      line.append(isEmptyLine ? "" : " ").append(word);
      isEmptyLine = false;
    }
    body.add(line.toString());
  }
}
