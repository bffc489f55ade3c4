package io.bodybroker.gateway.routing;

import io.bodybroker.gateway.refusal.Refusal;
import io.bodybroker.gateway.routing.PathTemplate.Variable;
import io.bodybroker.sdk.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The path of a request, cut at its slashes before anything is decoded: an escaped slash is data.
 *
 * <p>Immutable.
 */
public final class RequestPath {
  private static final String PART = "path";

  private final List<String> raw;
  private final List<String> decoded;

  private RequestPath(List<String> raw) {
    this.raw = raw;
    this.decoded = new ArrayList<>(raw.size());
    for (String segment : raw) {
      String text = PercentEncoding.decode(segment, PART);
      if (text.equals(".") || text.equals("..")) {
        throw Refusal.of(PART, segment, "no segment \".\" or \"..\"");
      }
      if (hasControl(text)) {
        throw Refusal.of(PART, segment, "no control characters");
      }
      decoded.add(text);
    }
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the path as it stands in the request line, without query.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if it is not a path: bad escapes, characters
   *     that must be escaped, control characters, dot segments
   */
  public static RequestPath parse(String rawPath) {
    if (!rawPath.startsWith("/")) {
      throw Refusal.of(PART, rawPath, "a path that starts with '/'");
    }
    var segments = new ArrayList<String>(8);
    int start = 1;
    for (int i = 1; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '/') {
        segments.add(rawPath.substring(start, i));
        start = i + 1;
      } else if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
        throw Refusal.of(PART, rawPath, "'" + c + "' percent-encoded");
      }
    }
    if (rawPath.length() > 1) {
      segments.add(rawPath.substring(start));
    }
    return new RequestPath(segments);
  }

  List<String> segments() {
    return List.copyOf(decoded);
  }

  int size() {
    return decoded.size();
  }

  String segment(int index) {
    return decoded.get(index);
  }

  /**
   * The verb that follows the last segment's last colon. Its colon is not escaped: {@code %3A} is
   * data.
   */
  int verbColon() {
    return raw.isEmpty() ? -1 : raw.getLast().lastIndexOf(':');
  }

  /** What follows {@link #verbColon()}, which there must be. */
  String verb() {
    return PercentEncoding.decode(raw.getLast().substring(verbColon() + 1), PART);
  }

  /** This path without {@link #verb()}, which there must be. */
  RequestPath withoutVerb() {
    var shorter = new ArrayList<>(raw);
    shorter.set(raw.size() - 1, raw.getLast().substring(0, verbColon()));
    return new RequestPath(shorter);
  }

  /** The text that a variable of a matching template stands for. */
  String value(Variable variable, int templateSize) {
    if (!variable.multi()) {
      return decoded.get(variable.from());
    }
    int to = variable.to() == templateSize ? size() : variable.to();
    var joined = new StringJoiner("/");
    for (String segment : raw.subList(variable.from(), to)) {
      joined.add(PercentEncoding.decodeKeepingSlashes(segment, PART));
    }
    return joined.toString();
  }
}
