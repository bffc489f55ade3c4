package io.bodybroker.sdk.rpc;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.sdk.error.ServiceException;

/**
 * What a JSON object in a request may be, which no rule of a field can say: only JSON, so deep, so
 * large.
 *
 * <pre>{@code
 * private static final StructRules STATE = new StructRules(16, 64 * 1024);
 *
 * STATE.check("state", request.getState());
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param levels of objects and lists within each other, at least 1. Parsers of protobuf accept
 *     about 33, three of their own for one of JSON's
 * @param bytes it has at most, as protobuf writes it
 */
public record StructRules(int levels, int bytes) {
  /** Refuses what would let nothing pass. */
  public StructRules {
    if (levels < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "levels: %d, bytes: %d (expected: at least 1)".formatted(levels, bytes));
    }
  }

  /**
   * Refuses an object that is not so.
   *
   * @param path of the field that holds it, for the error
   * @throws ServiceException {@code INVALID_ARGUMENT} naming where it is, the value and what would
   *     be right
   */
  public void check(String path, Struct object) {
    checkObject(object, path, 1);
    checkSize(path, object);
  }

  /**
   * Refuses an object that is too large, such as one that others were merged into.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming its size and the greatest
   */
  public void checkSize(String path, Struct object) {
    int size = object.getSerializedSize();
    if (size > bytes) {
      throw ServiceException.invalidArgument(
          path, size + " bytes once written", "at most " + bytes + " bytes");
    }
  }

  private void checkObject(Struct object, String path, int level) {
    checkLevel(path, level);
    object.getFieldsMap().forEach((name, value) -> checkValue(value, path + "." + name, level));
  }

  private void checkValue(Value value, String path, int level) {
    switch (value.getKindCase()) {
      case NULL_VALUE, STRING_VALUE, BOOL_VALUE -> {
        // Always JSON.
      }
      case NUMBER_VALUE -> {
        if (!Double.isFinite(value.getNumberValue())) {
          throw ServiceException.invalidArgument(path, value.getNumberValue(), "a finite number");
        }
      }
      case STRUCT_VALUE -> checkObject(value.getStructValue(), path, level + 1);
      case LIST_VALUE -> {
        checkLevel(path, level + 1);
        int index = 0;
        for (Value item : value.getListValue().getValuesList()) {
          checkValue(item, path + "[" + index++ + "]", level + 1);
        }
      }
      case KIND_NOT_SET ->
          throw ServiceException.invalidArgument(
              path, "", "null, a number, string, boolean, object or list");
    }
  }

  private void checkLevel(String path, int level) {
    if (level > levels) {
      throw ServiceException.invalidArgument(
          path, "level " + level, "at most " + levels + " levels");
    }
  }
}
