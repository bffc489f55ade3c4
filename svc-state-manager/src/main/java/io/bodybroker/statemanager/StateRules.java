package io.bodybroker.statemanager;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.sdk.error.ServiceException;

/** What a document may be, beyond what the contract's field rules can say. */
final class StateRules {
  /**
   * Deeper ones would come near the nesting that protobuf parsers accept, three levels for one of
   * JSON's.
   */
  static final int MAX_LEVELS = 16;

  static final int MAX_BYTES = 256 * 1024;

  private StateRules() {}

  /**
   * Refuses what is no JSON or too deep, in what a client sent.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming where it is, the value and what would
   *     be right
   */
  static void check(Struct state) {
    checkObject(state, "state", 1);
  }

  /**
   * Refuses a document that a write would make too large.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming its size and the greatest
   */
  static void checkSize(Struct document) {
    int bytes = document.getSerializedSize();
    if (bytes > MAX_BYTES) {
      throw ServiceException.invalidArgument(
          "state", bytes + " bytes once written", "at most " + MAX_BYTES + " bytes");
    }
  }

  private static void checkObject(Struct object, String path, int level) {
    checkLevel(path, level);
    object.getFieldsMap().forEach((name, value) -> checkValue(value, path + "." + name, level));
  }

  private static void checkValue(Value value, String path, int level) {
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

  private static void checkLevel(String path, int level) {
    if (level > MAX_LEVELS) {
      throw ServiceException.invalidArgument(
          path, "level " + level, "at most " + MAX_LEVELS + " levels");
    }
  }
}
