package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.SessionOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a method tells whose a session token is: a field of the request takes the token, and fields
 * of the response say who that is and what that one may do. What a contract says with {@code
 * (sessions)}.
 *
 * <p>Immutable.
 */
public final class SessionCheck {
  private final FieldDescriptor token;
  private final List<FieldDescriptor> user;
  private final Optional<FieldDescriptor> roles;

  private SessionCheck(
      FieldDescriptor token, List<FieldDescriptor> user, Optional<FieldDescriptor> roles) {
    this.token = token;
    this.user = List.copyOf(user);
    this.roles = roles;
  }

  static Optional<SessionCheck> of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(ContractProto.sessions)) {
      return Optional.empty();
    }
    if (method.isServerStreaming()) {
      throw refused(method, "a stream", "one response");
    }
    SessionOptions options = method.getOptions().getExtension(ContractProto.sessions);
    FieldDescriptor token = method.getInputType().findFieldByName(options.getToken());
    if (token == null || token.isRepeated() || token.getJavaType() != JavaType.STRING) {
      throw refused(
          method,
          "token \"" + options.getToken() + "\"",
          "a string field of " + method.getInputType().getFullName());
    }
    return Optional.of(
        new SessionCheck(token, user(method, options.getUser()), roles(method, options)));
  }

  private static List<FieldDescriptor> user(MethodDescriptor method, String way) {
    var fields = new ArrayList<FieldDescriptor>();
    Descriptor type = method.getOutputType();
    for (String name : way.split("\\.", -1)) {
      FieldDescriptor field = type == null ? null : type.findFieldByName(name);
      if (field == null || field.isRepeated()) {
        throw notUser(method, way);
      }
      fields.add(field);
      type = field.getJavaType() == JavaType.MESSAGE ? field.getMessageType() : null;
    }
    if (fields.getLast().getJavaType() != JavaType.STRING) {
      throw notUser(method, way);
    }
    return fields;
  }

  private static IllegalArgumentException notUser(MethodDescriptor method, String way) {
    return refused(
        method,
        "user \"" + way + "\"",
        "the way to a string field of " + method.getOutputType().getFullName());
  }

  private static Optional<FieldDescriptor> roles(MethodDescriptor method, SessionOptions options) {
    if (options.getRoles().isEmpty()) {
      return Optional.empty();
    }
    FieldDescriptor field = method.getOutputType().findFieldByName(options.getRoles());
    boolean fits =
        field != null
            && field.isRepeated()
            && (field.getJavaType() == JavaType.STRING || field.getJavaType() == JavaType.ENUM);
    if (!fits) {
      throw refused(
          method,
          "roles \"" + options.getRoles() + "\"",
          "a repeated string or enum field of " + method.getOutputType().getFullName());
    }
    return Optional.ofNullable(field);
  }

  private static IllegalArgumentException refused(
      MethodDescriptor method, String what, String expected) {
    return new IllegalArgumentException(
        "option sessions of %s: %s (expected: %s)".formatted(method.getFullName(), what, expected));
  }

  /** The request that asks whose a token is. */
  @SuppressWarnings("unchecked") // a builder makes messages of its own type
  public <Q extends Message> Q request(Q requestDefault, String tokenText) {
    return (Q) requestDefault.toBuilder().setField(token, tokenText).build();
  }

  /** Who is signed in; empty if the token is nobody's. */
  public Optional<String> user(Message response) {
    Message owner = response;
    for (FieldDescriptor field : user.subList(0, user.size() - 1)) {
      owner = (Message) owner.getField(field);
    }
    return Optional.of(owner.getField(user.getLast()).toString()).filter(name -> !name.isEmpty());
  }

  /** What that one may do, in lower case. */
  public Set<String> roles(Message response) {
    return roles.map(field -> (Collection<?>) response.getField(field)).orElse(List.of()).stream()
        .map(role -> role instanceof EnumValueDescriptor constant ? constant.getName() : role)
        .map(role -> role.toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
