package io.bodybroker.sdk.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The manifest as JSON that people can read, and back. */
final class ManifestJson {
  private static final String INDENT = "  ";

  private ManifestJson() {}

  static byte[] write(BackupManifest manifest) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("format", BackupManifest.FORMAT);
    tree.put("server", manifest.server());
    tree.put("at", manifest.at().toString());
    tree.put("partial", manifest.isPartial());
    tree.put("streams", manifest.streams().stream().map(ManifestJson::tree).toList());
    tree.put("skipped", manifest.skipped());
    return (text(tree, "\n") + "\n").getBytes(UTF_8);
  }

  private static Map<String, Object> tree(StreamBackup stream) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", stream.name());
    tree.put("messages", stream.messages());
    tree.put("first_sequence", stream.firstSequence());
    tree.put("last_sequence", stream.lastSequence());
    tree.put("hashed", stream.hashed());
    tree.put("consumers", stream.consumers().stream().map(ManifestJson::tree).toList());
    tree.put("snapshot", tree(stream.snapshot()));
    tree.put("fingerprints", tree(stream.fingerprints()));
    tree.put("config", parse(stream.configuration()));
    tree.put("state", parse(stream.state()));
    return tree;
  }

  private static Map<String, Object> tree(ConsumerPosition consumer) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", consumer.name());
    tree.put("ack_floor", consumer.ackFloor());
    tree.put("ack_floor_after", consumer.ackFloorAfter());
    tree.put("delivered", consumer.delivered());
    tree.put("delivered_after", consumer.deliveredAfter());
    tree.put("unacknowledged", consumer.unacknowledged());
    return tree;
  }

  private static Map<String, Object> tree(BackupFile file) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("file", file.name());
    tree.put("bytes", file.bytes());
    tree.put("sha256", file.sha256());
    return tree;
  }

  /** What the server said stays on one line. */
  private static String text(Object value, String line) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ": " + text(entry.getValue(), line + INDENT))
              .collect(Collectors.joining("," + line + INDENT, "{" + line + INDENT, line + "}"));
      case List<?> list when list.isEmpty() -> "[]";
      case List<?> list ->
          list.stream()
              .map(one -> text(one, line + INDENT))
              .collect(Collectors.joining("," + line + INDENT, "[" + line + INDENT, line + "]"));
      case JsonValue json -> json.toJson();
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> quoted(value);
    };
  }

  private static String quoted(Object text) {
    return new JsonValue(text.toString()).toJson();
  }

  static JsonValue parse(String json) {
    try {
      return JsonParser.parse(json);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("no JSON: " + json, e);
    }
  }

  /**
   * Reads one.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION} if it is damaged, or of another format
   */
  static BackupManifest read(Path file, byte[] text) {
    try {
      JsonValue json = JsonParser.parse(text);
      int format = JsonValueUtils.readInteger(json, "format", 0);
      if (format != BackupManifest.FORMAT) {
        throw ServiceException.of(
            ErrorCode.FAILED_PRECONDITION,
            "%s: format %d (expected: %d)".formatted(file, format, BackupManifest.FORMAT));
      }
      return new BackupManifest(
          string(json, "server"),
          Instant.parse(string(json, "at")),
          JsonValueUtils.readBoolean(json, "partial"),
          JsonValueUtils.listOf(required(json, "streams"), ManifestJson::stream),
          JsonValueUtils.readStringList(json, "skipped"));
    } catch (JsonParseException | DateTimeException | IllegalArgumentException e) {
      throw ServiceException.builder(
              ErrorCode.FAILED_PRECONDITION, "%s is damaged: %s".formatted(file, e.getMessage()))
          .cause(e)
          .build();
    }
  }

  private static StreamBackup stream(JsonValue json) {
    String name = string(json, "name");
    return new StreamBackup(
        name,
        required(json, "config").toJson(),
        required(json, "state").toJson(),
        number(json, "messages"),
        number(json, "first_sequence"),
        number(json, "last_sequence"),
        number(json, "hashed"),
        JsonValueUtils.listOf(required(json, "consumers"), ManifestJson::consumer),
        file(required(json, "snapshot"), BackupFiles.snapshotOf(name)),
        file(required(json, "fingerprints"), BackupFiles.fingerprintsOf(name)));
  }

  private static ConsumerPosition consumer(JsonValue json) {
    return new ConsumerPosition(
        string(json, "name"),
        number(json, "ack_floor"),
        number(json, "ack_floor_after"),
        number(json, "delivered"),
        number(json, "delivered_after"),
        number(json, "unacknowledged"));
  }

  /** Of this name, and so in the directory and nowhere else. */
  private static BackupFile file(JsonValue json, String expected) {
    String name = string(json, "file");
    if (!name.equals(expected)) {
      throw new IllegalArgumentException("file: \"%s\" (expected: %s)".formatted(name, expected));
    }
    return new BackupFile(name, number(json, "bytes"), string(json, "sha256"));
  }

  private static JsonValue required(JsonValue json, String name) {
    JsonValue value = JsonValueUtils.readValue(json, name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  private static String string(JsonValue json, String name) {
    String text = required(json, name).string;
    if (text == null) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return text;
  }

  private static long number(JsonValue json, String name) {
    var number = required(json, name).number;
    if (number == null) {
      throw new IllegalArgumentException(name + " is no number");
    }
    return Objects.requireNonNull(number).longValue();
  }
}
