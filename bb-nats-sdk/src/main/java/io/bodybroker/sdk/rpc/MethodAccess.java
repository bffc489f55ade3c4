package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.Access;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who may call a method from outside, where its contract says so with {@code (access)}: who is
 * signed in, and if a field or roles are named, who is named by the field or has one of the roles.
 *
 * <p>Immutable.
 */
public final class MethodAccess {
  private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private final Optional<FieldDescriptor> own;
  private final Set<String> roles;

  private MethodAccess(Optional<FieldDescriptor> own, Set<String> roles) {
    this.own = own;
    this.roles = Collections.unmodifiableSet(new TreeSet<>(roles));
  }

  static Optional<MethodAccess> of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(ContractProto.access)) {
      return Optional.empty();
    }
    Access access = method.getOptions().getExtension(ContractProto.access);
    if (!access.getSignedIn() && access.getOwn().isEmpty() && access.getRolesCount() == 0) {
      throw refused(method, "nothing", "signed_in: true, own or roles");
    }
    for (String role : access.getRolesList()) {
      if (!ROLE.matcher(role).matches()) {
        throw refused(method, "role \"" + role + "\"", "a word in lower case");
      }
    }
    Optional<FieldDescriptor> own =
        access.getOwn().isEmpty() ? Optional.empty() : Optional.of(field(method, access.getOwn()));
    return Optional.of(new MethodAccess(own, Set.copyOf(access.getRolesList())));
  }

  private static FieldDescriptor field(MethodDescriptor method, String name) {
    FieldDescriptor field = method.getInputType().findFieldByName(name);
    if (field == null || field.isRepeated() || field.getJavaType() != JavaType.STRING) {
      throw refused(
          method,
          "own \"" + name + "\"",
          "a string field of " + method.getInputType().getFullName());
    }
    return field;
  }

  private static IllegalArgumentException refused(
      MethodDescriptor method, String what, String expected) {
    return new IllegalArgumentException(
        "option access of %s: %s (expected: %s)".formatted(method.getFullName(), what, expected));
  }

  /** The field of the request that must name the one who is signed in, if one is named. */
  public Optional<FieldDescriptor> own() {
    return own;
  }

  /** Who has one of these may call it; in the order of the alphabet. */
  public Set<String> roles() {
    return roles;
  }

  /**
   * Whether somebody who is signed in may make this request.
   *
   * @param user who is signed in
   * @param roles what that one may do, in lower case
   */
  public boolean allows(Message request, String user, Set<String> roles) {
    if (own.isEmpty() && this.roles.isEmpty()) {
      return true;
    }
    return own.map(field -> request.getField(field).equals(user)).orElse(false)
        || !Collections.disjoint(this.roles, roles);
  }
}
