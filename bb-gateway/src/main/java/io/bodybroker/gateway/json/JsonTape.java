package io.bodybroker.gateway.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Where in a JSON text its values stand, in the order of the text: four numbers for each, not an
 * object. An object is followed by its members, each a name and a value; an array by its elements.
 *
 * <p>A value is known by its place on the tape. Not changed once the parser has written it.
 */
final class JsonTape {
  static final int OBJECT = 0;
  static final int ARRAY = 1;

  /** A string whose text is what stands between its quotes. */
  static final int STRING = 2;

  static final int ESCAPED_STRING = 3;
  static final int NUMBER = 4;
  static final int TRUE = 5;
  static final int FALSE = 6;
  static final int NULL = 7;

  private static final int NODE = 4;
  private static final int START = 1;
  private static final int END = 2;

  /** Of objects and arrays, where they end on the tape; of names, their hash. */
  private static final int EXTRA = 3;

  private final byte[] json;
  private int[] nodes;
  private int size;

  JsonTape(byte[] json) {
    this.json = json;
    this.nodes = new int[NODE * (8 + json.length / 10)];
  }

  int size() {
    return size;
  }

  /** Writes a value; those of objects and arrays come next, then {@link #close}. */
  int add(int kind, int start, int end) {
    int node = size;
    if (node == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * node);
    }
    nodes[node] = kind;
    nodes[node + START] = start;
    nodes[node + END] = end;
    size = node + NODE;
    return node;
  }

  /** All of an object or array is written. */
  void close(int node, int end) {
    nodes[node + END] = end;
    nodes[node + EXTRA] = size;
  }

  void setHash(int name, int hash) {
    nodes[name + EXTRA] = hash;
  }

  byte[] json() {
    return json;
  }

  int kind(int node) {
    return nodes[node];
  }

  /** Of an object or array: its first name or element, if there is one. */
  static int first(int node) {
    return node + NODE;
  }

  /** Of an object or array: the place behind its last member or element. */
  int end(int node) {
    return nodes[node + EXTRA];
  }

  /** The place behind a value. */
  int next(int node) {
    return nodes[node] <= ARRAY ? nodes[node + EXTRA] : node + NODE;
  }

  boolean isEmpty(int node) {
    return end(node) == first(node);
  }

  boolean isString(int node) {
    return nodes[node] == STRING || nodes[node] == ESCAPED_STRING;
  }

  /** Index of a value's first byte in the text. */
  int start(int node) {
    return nodes[node + START];
  }

  /** Index behind a value's last byte in the text. */
  int stop(int node) {
    return nodes[node + END];
  }

  int hash(int name) {
    return nodes[name + EXTRA];
  }

  /** The text of a string, or a number as it stands. */
  String text(int node) {
    int start = start(node);
    int stop = stop(node);
    return switch (nodes[node]) {
      case STRING -> new String(json, start + 1, stop - start - 2, UTF_8);
      case ESCAPED_STRING ->
          JsonEscapes.decode(new String(json, start + 1, stop - start - 2, UTF_8));
      default -> new String(json, start, stop - start, ISO_8859_1);
    };
  }

  boolean isSameText(int one, int other) {
    if (nodes[one] == STRING && nodes[other] == STRING) {
      return Arrays.equals(
          json, start(one) + 1, stop(one) - 1, json, start(other) + 1, stop(other) - 1);
    }
    return text(one).equals(text(other));
  }

  boolean isText(int node, String text) {
    return isString(node) && text(node).equals(text);
  }

  /** The value of a member of an object, or -1. */
  int member(int object, String name) {
    int next;
    for (int i = first(object); i < end(object); i = next) {
      int value = next(i);
      next = next(value);
      if (isText(i, name)) {
        return value;
      }
    }
    return -1;
  }

  /** Writes the text of a string with its length before it. */
  void copyText(int node, WireOutput out) {
    if (nodes[node] == STRING) {
      out.delimited(json, start(node) + 1, stop(node) - 1);
    } else {
      out.text(text(node));
    }
  }

  /** The value in a few words, for errors. */
  String describe(int node) {
    return switch (nodes[node]) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING, ESCAPED_STRING -> '"' + text(node) + '"';
      default -> text(node);
    };
  }
}
