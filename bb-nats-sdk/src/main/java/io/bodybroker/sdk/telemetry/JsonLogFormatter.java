package io.bodybroker.sdk.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One JSON object a line, with the ids of the trace the line belongs to, for log stores.
 * Thread-safe.
 *
 * <p>Fields: {@code time}, {@code level}, {@code logger}, {@code thread}, {@code message}, {@code
 * trace_id}, {@code span_id} and {@code request_id} inside a call, {@code exception} with its
 * stack; of a {@link StateChange} also {@code event}, {@code name}, {@code from}, {@code to} and
 * {@code reason}.
 */
public final class JsonLogFormatter extends Formatter {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d{1,2})}");

  @Override
  public String format(LogRecord line) {
    var json = new StringBuilder(256).append('{');
    field(json, "time", line.getInstant().toString());
    field(json, "level", line.getLevel().getName());
    field(json, "logger", String.valueOf(line.getLoggerName()));
    field(json, "thread", Thread.currentThread().getName());
    field(json, "message", message(line));
    change(json, line);
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      field(json, "trace_id", span.getTraceId());
      field(json, "span_id", span.getSpanId());
    }
    RequestIds.current().ifPresent(id -> field(json, "request_id", id));
    if (line.getThrown() != null) {
      field(json, "exception", stack(line.getThrown()));
    }
    json.setCharAt(json.length() - 1, '}');
    return json.append('\n').toString();
  }

  private static void change(StringBuilder json, LogRecord line) {
    Object[] parameters = line.getParameters();
    if (parameters != null
        && parameters.length == 1
        && parameters[0] instanceof StateChange change) {
      field(json, "event", change.event());
      field(json, "name", change.name());
      field(json, "from", change.from());
      field(json, "to", change.to());
      field(json, "reason", change.reason());
    }
  }

  /**
   * The message with its parameters as they are: {@code MessageFormat} would write 12345 as 12,345
   * or 12.345, whatever the machine's locale is, and load the locale's data for it.
   */
  private static String message(LogRecord line) {
    String text = String.valueOf(line.getMessage());
    Object[] parameters = line.getParameters();
    if (parameters == null || parameters.length == 0) {
      return text;
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> {
          int index = Integer.parseInt(match.group(1));
          String shown =
              index < parameters.length ? String.valueOf(parameters[index]) : match.group();
          return Matcher.quoteReplacement(shown);
        });
  }

  private static void field(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    int from = 0; // what needs no escape is copied as a whole
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        json.append(value, from, i);
        escape(json, c);
        from = i + 1;
      }
    }
    json.append(value, from, value.length()).append("\",");
  }

  private static void escape(StringBuilder json, char c) {
    switch (c) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> json.append("\\u%04x".formatted((int) c));
    }
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
