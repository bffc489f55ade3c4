package io.bodybroker.protoc.compatibility;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Who may call a method from outside.
 *
 * @param everybody whether anybody may, signed in or not
 * @param own the field that must name the one who is signed in; empty if none must
 * @param roles who has one of these may
 */
record DeclaredAccess(boolean everybody, String own, Set<String> roles) {
  static DeclaredAccess of(MethodDescriptor method) {
    return DeclaredOption.of(method, DeclaredOption.ACCESS)
        .map(option ->
            new DeclaredAccess(false, option.text("own"), Set.copyOf(option.texts("roles"))))
        .orElseGet(() -> new DeclaredAccess(true, "", Set.of()));
  }

  /** Whether it is enough to be signed in. */
  private boolean isForAllWhoAreSignedIn() {
    return own.isEmpty() && roles.isEmpty();
  }

  /** Whether whoever was let in by the other is let in by this one. */
  boolean letsInAll(DeclaredAccess other) {
    if (everybody) {
      return true;
    }
    if (other.everybody) {
      return false;
    }
    if (isForAllWhoAreSignedIn()) {
      return true;
    }
    return !other.isForAllWhoAreSignedIn()
        && (other.own.isEmpty() || other.own.equals(own))
        && roles.containsAll(other.roles);
  }

  @Override
  public String toString() {
    if (everybody) {
      return "anybody";
    }
    if (isForAllWhoAreSignedIn()) {
      return "all who are signed in";
    }
    var who = new StringJoiner(" and ");
    if (!own.isEmpty()) {
      who.add("whom " + own + " names");
    }
    new TreeSet<>(roles).forEach(role -> who.add("role \"" + role + "\""));
    return who.toString();
  }
}
