package io.bodybroker.statemanager;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.Value.KindCase;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import java.util.List;

/**
 * A whole number somewhere within a document. JSON has one kind of number, a double, so it is exact
 * up to 2^53 - 1 and goes no further.
 *
 * @param path member names from the root
 */
record Counter(List<String> path) {
  /** The greatest whole number that doubles count to without leaving any out. */
  static final long MAX = (1L << 53) - 1;

  Counter {
    path = List.copyOf(path);
  }

  /** The counter at a dotted path, whose form the contract has checked. */
  static Counter at(String path) {
    return new Counter(List.of(path.split("\\.")));
  }

  /**
   * A document with the number raised. Objects on the way that are not there are made, and the
   * number begins at 0.
   *
   * @throws ServiceException {@code FAILED_PRECONDITION} if something else is in the way; {@code
   *     OUT_OF_RANGE} if the sum is too great to count on
   */
  Struct add(Struct document, long by) {
    return add(document, 0, by);
  }

  private Struct add(Struct object, int depth, long by) {
    var name = path.get(depth);
    var old = object.getFieldsOrDefault(name, Value.getDefaultInstance());
    return object.toBuilder().putFields(name, raised(old, depth, by)).build();
  }

  private Value raised(Value old, int depth, long by) {
    boolean isAbsent = old.getKindCase() == KindCase.KIND_NOT_SET;
    if (depth == path.size() - 1) {
      long sum = (isAbsent ? 0 : number(old, depth)) + by;
      if (Math.abs(sum) > MAX) {
        throw ServiceException.outOfRange("by", by, "a sum of -" + MAX + " to " + MAX);
      }
      return Value.newBuilder().setNumberValue((double) sum).build();
    }
    if (!isAbsent && old.getKindCase() != KindCase.STRUCT_VALUE) {
      throw inTheWay(depth, "no object");
    }
    return Value.newBuilder().setStructValue(add(old.getStructValue(), depth + 1, by)).build();
  }

  /** The number in a document that has it. */
  long value(Struct document) {
    var object = document;
    for (var name : path.subList(0, path.size() - 1)) {
      object = object.getFieldsOrThrow(name).getStructValue();
    }
    return (long) object.getFieldsOrThrow(path.getLast()).getNumberValue();
  }

  private long number(Value value, int depth) {
    double number = value.getNumberValue();
    if (value.getKindCase() != KindCase.NUMBER_VALUE
        || number != Math.rint(number)
        || Math.abs(number) > MAX) {
      throw inTheWay(depth, "no whole number up to 2^53 - 1");
    }
    return (long) number;
  }

  private ServiceException inTheWay(int depth, String what) {
    var where = String.join(".", path.subList(0, depth + 1));
    return ServiceException.builder(
            ErrorCode.FAILED_PRECONDITION, "\"" + where + "\" holds " + what)
        .detail("path", where)
        .build();
  }
}
