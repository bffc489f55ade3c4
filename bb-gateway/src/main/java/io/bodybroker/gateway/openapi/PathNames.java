package io.bodybroker.gateway.openapi;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.bodybroker.gateway.routing.PathTemplate;
import io.bodybroker.gateway.routing.PathTemplate.Literal;
import io.bodybroker.gateway.routing.PathTemplate.One;
import io.bodybroker.gateway.routing.PathTemplate.Rest;
import io.bodybroker.gateway.routing.PathTemplate.Variable;
import io.bodybroker.gateway.transcoding.HttpBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path template in OpenAPI's form, which has a name for each wildcard and nothing else: {@code
 * /v1/{name=shelves/*}} becomes {@code /v1/shelves/{name}}.
 *
 * @param path in OpenAPI's form
 * @param wildcards the parameters in it, in order
 */
record PathNames(String path, List<Wildcard> wildcards) {
  /**
   * One parameter.
   *
   * @param field the field it is the whole of; empty if it is only part of one, or of none
   */
  record Wildcard(String name, Optional<FieldDescriptor> field, boolean isRest) {}

  static PathNames of(HttpBinding binding) {
    PathTemplate template = binding.path();
    var path = new StringBuilder();
    var wildcards = new ArrayList<Wildcard>();
    for (int i = 0; i < template.segments().size(); i++) {
      path.append('/');
      switch (template.segments().get(i)) {
        case Literal literal -> path.append(literal.text());
        case One one -> path.append(add(wildcard(binding, i, false), wildcards));
        case Rest rest -> path.append(add(wildcard(binding, i, true), wildcards));
      }
    }
    template.verb().ifPresent(verb -> path.append(':').append(verb));
    return new PathNames(path.toString(), wildcards);
  }

  private static String add(Wildcard wildcard, List<Wildcard> wildcards) {
    wildcards.add(wildcard);
    return "{" + wildcard.name() + "}";
  }

  private static Wildcard wildcard(HttpBinding binding, int index, boolean isRest) {
    List<Variable> variables = binding.path().variables();
    for (int v = 0; v < variables.size(); v++) {
      Variable variable = variables.get(v);
      if (index >= variable.from() && index < variable.to()) {
        boolean isWhole = !variable.multi();
        boolean isOnly = wildcards(binding.path(), variable) == 1;
        String name =
            isOnly ? variable.field() : variable.field() + "_" + (index - variable.from());
        return new Wildcard(
            name,
            isWhole ? Optional.of(binding.pathFields().get(v).leaf()) : Optional.empty(),
            isRest);
      }
    }
    return new Wildcard("segment_" + index, Optional.empty(), isRest);
  }

  private static long wildcards(PathTemplate template, Variable variable) {
    return template.segments().subList(variable.from(), variable.to()).stream()
        .filter(segment -> !(segment instanceof Literal))
        .count();
  }

  /** The path without names: two of the same shape are one path to OpenAPI. */
  String shape() {
    return path.replaceAll("\\{[^}]*}", "{}");
  }
}
