package io.bodybroker.gateway.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON text from maps, lists, strings, numbers and booleans; for documents that are no protobuf
 * message.
 */
public final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /**
   * Writes a tree, maps in their order.
   *
   * @throws IllegalArgumentException if it holds anything else
   */
  public static String of(Object tree) {
    var text = new JsonText();
    text.value(tree);
    return text.out.toString();
  }

  private void value(Object value) {
    switch (value) {
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      case String text -> string(text);
      case Boolean bool -> out.append(bool);
      case Double number when !Double.isFinite(number) -> string(number.toString());
      case Number number -> out.append(number);
      default -> throw new IllegalArgumentException(value.getClass() + " is nothing JSON has");
    }
  }

  private void object(Map<?, ?> map) {
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
      var entry = i.next();
      string((String) entry.getKey());
      out.append(':');
      value(entry.getValue());
      out.append(i.hasNext() ? "," : "");
    }
    out.append('}');
  }

  private void array(List<?> list) {
    out.append('[');
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      value(i.next());
      out.append(i.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || (Character.isSurrogate(c) && !isPaired(text, i))) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
