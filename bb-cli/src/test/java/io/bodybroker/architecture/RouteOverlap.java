package io.bodybroker.architecture;

import io.bodybroker.gateway.routing.PathTemplate;
import io.bodybroker.gateway.routing.PathTemplate.Literal;
import io.bodybroker.gateway.routing.PathTemplate.Rest;
import io.bodybroker.gateway.routing.PathTemplate.Segment;
import java.util.List;

/** Whether one request can fit two paths. */
final class RouteOverlap {
  private RouteOverlap() {}

  /** Whether some request fits both. */
  static boolean exists(PathTemplate one, PathTemplate other) {
    return one.verb().equals(other.verb()) && meet(one.segments(), other.segments());
  }

  /** Whether some request fits both, and neither path is a special case of the other. */
  static boolean isAmbiguous(PathTemplate one, PathTemplate other) {
    boolean isSpecial = covers(one.segments(), other.segments());
    boolean isGeneral = covers(other.segments(), one.segments());
    return exists(one, other) && isSpecial == isGeneral;
  }

  private static boolean meet(List<Segment> one, List<Segment> other) {
    if (startsWithRest(one) || startsWithRest(other)) {
      return true;
    }
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() && other.isEmpty();
    }
    boolean differ =
        one.getFirst() instanceof Literal literal
            && other.getFirst() instanceof Literal second
            && !literal.equals(second);
    return !differ && meet(rest(one), rest(other));
  }

  /** Whether all that fits the special one fits the general one. */
  private static boolean covers(List<Segment> general, List<Segment> special) {
    if (startsWithRest(general)) {
      return true;
    }
    if (general.isEmpty() || special.isEmpty() || startsWithRest(special)) {
      return general.isEmpty() && special.isEmpty();
    }
    boolean fits =
        !(general.getFirst() instanceof Literal) || general.getFirst().equals(special.getFirst());
    return fits && covers(rest(general), rest(special));
  }

  private static boolean startsWithRest(List<Segment> segments) {
    return !segments.isEmpty() && segments.getFirst() instanceof Rest;
  }

  private static List<Segment> rest(List<Segment> segments) {
    return segments.subList(1, segments.size());
  }
}
