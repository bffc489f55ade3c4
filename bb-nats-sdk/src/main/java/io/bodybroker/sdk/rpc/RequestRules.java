package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the fields of one message type may hold, as its contract declares with {@code
 * (bodybroker.sdk.v1.rules)}; compiled once, so that checking a request walks only fields that have
 * rules.
 *
 * <p>Immutable and thread-safe.
 */
final class RequestRules {
  /** So many tell what is wrong; all those of a long list would fit into no answer. */
  static final int ENOUGH_VIOLATIONS = 100;

  /** Of all types that say nothing. */
  private static final RequestRules NONE = new RequestRules();

  /** A field with rules of its own. */
  private record Checked(FieldDescriptor field, FieldRules rules) {}

  /** A field whose messages have rules. */
  private record Nested(FieldDescriptor field, RequestRules rules) {}

  private final List<Checked> checked = new ArrayList<>();
  private final List<Nested> nested = new ArrayList<>();

  private RequestRules() {}

  /**
   * The rules of a message type and of all types it holds.
   *
   * @throws IllegalArgumentException if a rule does not fit its field's type, naming both
   */
  static RequestRules of(Descriptor type) {
    var known = new HashMap<Descriptor, RequestRules>();
    RequestRules rules = of(type, known);
    prune(known.values());
    return rules.isEmpty() ? NONE : rules;
  }

  /** Types may hold themselves, so each is entered before its fields are looked at. */
  private static RequestRules of(Descriptor type, Map<Descriptor, RequestRules> known) {
    RequestRules found = known.get(type);
    if (found != null) {
      return found;
    }
    var rules = new RequestRules();
    known.put(type, rules);
    for (FieldDescriptor field : type.getFields()) {
      if (field.getOptions().hasExtension(ContractProto.rules)) {
        var declared = field.getOptions().getExtension(ContractProto.rules);
        rules.checked.add(new Checked(field, new FieldRules(field, declared)));
      }
      if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
        rules.nested.add(new Nested(field, of(field.getMessageType(), known)));
      }
    }
    return rules;
  }

  /**
   * Leaves out fields whose types lead to no rule. Repeats until nothing changes, because types may
   * hold one another; those that only lead to each other stay, and cost a walk of messages that are
   * there.
   */
  private static void prune(Collection<RequestRules> all) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (RequestRules rules : all) {
        changed |= rules.nested.removeIf(entry -> entry.rules().isEmpty());
      }
    }
  }

  private boolean isEmpty() {
    return checked.isEmpty() && nested.isEmpty();
  }

  /**
   * The violations in a request, {@value #ENOUGH_VIOLATIONS} or few more if there are so many;
   * empty if it keeps all rules.
   */
  List<FieldViolation> check(Message request) {
    if (isEmpty()) {
      return List.of();
    }
    var violations = new ArrayList<FieldViolation>();
    check(request, "", violations);
    return violations;
  }

  private void check(Message message, String path, List<FieldViolation> violations) {
    for (Checked entry : checked) {
      entry.rules().check(message, path + entry.field().getName(), violations);
    }
    for (Nested entry : nested) {
      FieldDescriptor field = entry.field();
      String name = path + field.getName();
      if (field.isRepeated()) {
        int count = message.getRepeatedFieldCount(field);
        for (int i = 0; i < count && violations.size() < ENOUGH_VIOLATIONS; i++) {
          var element = (Message) message.getRepeatedField(field, i);
          entry.rules().check(element, name + "[" + i + "].", violations);
        }
      } else if (message.hasField(field)) {
        entry.rules().check((Message) message.getField(field), name + ".", violations);
      }
    }
  }
}
