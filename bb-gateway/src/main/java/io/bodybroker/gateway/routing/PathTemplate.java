package io.bodybroker.gateway.routing;

import java.util.List;
import java.util.Optional;

/**
 * The path of a {@code google.api.http} binding, such as {@code
 * /v1/worlds/{world_id}/zones/{zone_id}:reset}.
 *
 * <pre>
 * Template = "/" Segments [ ":" LITERAL ]
 * Segments = Segment { "/" Segment }
 * Segment  = "*" | "**" | LITERAL | "{" FieldPath [ "=" Segments ] "}"
 * </pre>
 *
 * <p>{@code *} is one segment, {@code **} none or more and only at the end; {@code {x}} is short
 * for {@code {x=*}}.
 *
 * @param text as the contract has it
 * @param segments what the path's segments must be, variables dissolved into what they stand for
 * @param verb what follows the last segment after a colon
 * @param variables the fields that the path fills, in order
 */
public record PathTemplate(
    String text, List<Segment> segments, Optional<String> verb, List<Variable> variables) {

  /** What one segment of a path must be. */
  public sealed interface Segment {}

  /** This very text. */
  public record Literal(String text) implements Segment {}

  /** Any one segment, written {@code *}. */
  public record One() implements Segment {}

  /** All that is left, even nothing, written {@code **}. */
  public record Rest() implements Segment {}

  /**
   * A field that the path fills.
   *
   * @param field the path of field names, such as {@code item.id}
   * @param from index of its first segment
   * @param to index after its last segment in the template; a {@link Rest} at its end stretches
   *     further
   * @param multi whether it may stand for more than one segment, so that {@code %2F} must stay told
   *     apart from {@code /}
   */
  public record Variable(String field, int from, int to, boolean multi) {}

  /** Copies the lists. */
  public PathTemplate {
    segments = List.copyOf(segments);
    variables = List.copyOf(variables);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it breaks the grammar, with the template, the column and
   *     what was expected
   */
  public static PathTemplate parse(String text) {
    return new TemplateParser(text).parse();
  }

  /**
   * The template of one path without wildcards, and of nothing else.
   *
   * @param path such as {@code /health}, or {@code /}, which no contract can have
   */
  public static PathTemplate literal(String path) {
    List<Segment> segments =
        RequestPath.parse(path).segments().stream().<Segment>map(Literal::new).toList();
    return new PathTemplate(path, segments, Optional.empty(), List.of());
  }

  @Override
  public String toString() {
    return text;
  }
}
