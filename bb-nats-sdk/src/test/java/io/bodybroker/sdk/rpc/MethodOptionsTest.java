package io.bodybroker.sdk.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.bodybroker.sdk.v1.Access;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.SessionOptions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a contract says of who may call, and of who knows sessions, is checked when it is loaded.
 */
class MethodOptionsTest {
  private static final Set<String> NO_ROLES = Set.of();

  /** A method {@code Ask(Question) returns (Answer)} with these options. */
  private static RpcMethod<?, ?> method(MethodOptions.Builder options) {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("test.proto")
            .setPackage("test.v1")
            .setSyntax("proto3")
            .addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("Role")
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("ADMIN").setNumber(1)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Question")
                    .addField(field("player_id", 1, FieldDescriptorProto.Type.TYPE_STRING))
                    .addField(field("count", 2, FieldDescriptorProto.Type.TYPE_INT32))
                    .addField(
                        field("names", 3, FieldDescriptorProto.Type.TYPE_STRING)
                            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED))
                    .addField(
                        field("inner", 4, FieldDescriptorProto.Type.TYPE_MESSAGE)
                            .setTypeName(".test.v1.Question")))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Answer")
                    .addField(
                        field("asked", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
                            .setTypeName(".test.v1.Question"))
                    .addField(
                        field("roles", 2, FieldDescriptorProto.Type.TYPE_ENUM)
                            .setTypeName(".test.v1.Role")
                            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED))
                    .addField(
                        field("words", 3, FieldDescriptorProto.Type.TYPE_STRING)
                            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)))
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName("Asking")
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("Ask")
                            .setInputType(".test.v1.Question")
                            .setOutputType(".test.v1.Answer")
                            .setOptions(options)));
    try {
      var built = FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
      var ask = built.getServices().getFirst().getMethods().getFirst();
      return RpcMethod.unary(ask, none(ask.getInputType()), none(ask.getOutputType()));
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto.Builder field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static DynamicMessage none(Descriptor type) {
    return DynamicMessage.getDefaultInstance(type);
  }

  private static RpcMethod<?, ?> method(Access.Builder access) {
    return method(MethodOptions.newBuilder().setExtension(ContractProto.access, access.build()));
  }

  private static RpcMethod<?, ?> method(SessionOptions.Builder sessions) {
    return method(
        MethodOptions.newBuilder().setExtension(ContractProto.sessions, sessions.build()));
  }

  private static Message of(RpcMethod<?, ?> method, String player) {
    var type = method.descriptor().getInputType();
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByName("player_id"), player)
        .build();
  }

  @Test
  void letInAnybodyIfNothingIsSaid() {
    assertThat(method(MethodOptions.newBuilder()).access()).isEmpty();
    assertThat(method(MethodOptions.newBuilder()).sessionCheck()).isEmpty();
  }

  @Test
  void letInAllWhoAreSignedIn() {
    var method = method(Access.newBuilder().setSignedIn(true));
    var access = method.access().orElseThrow();
    assertThat(access.allows(of(method, "grace"), "ada", NO_ROLES)).isTrue();
  }

  @Test
  void letInWhomTheFieldNamesOrWhoHasARole() {
    var method = method(Access.newBuilder().setOwn("player_id").addRoles("operator"));
    var access = method.access().orElseThrow();
    assertThat(access.allows(of(method, "ada"), "ada", NO_ROLES)).isTrue();
    assertThat(access.allows(of(method, "grace"), "ada", NO_ROLES)).isFalse();
    assertThat(access.allows(of(method, ""), "ada", NO_ROLES)).isFalse();
    assertThat(access.allows(of(method, "grace"), "ada", Set.of("player"))).isFalse();
    assertThat(access.allows(of(method, "grace"), "ada", Set.of("player", "operator"))).isTrue();
    assertThat(access.own().orElseThrow().getName()).isEqualTo("player_id");
    assertThat(access.roles()).containsExactly("operator");
  }

  @Test
  void letInNobodyElseThanWhoHasARole() {
    var method = method(Access.newBuilder().setSignedIn(true).addRoles("operator"));
    var access = method.access().orElseThrow();
    assertThat(access.allows(of(method, "ada"), "ada", NO_ROLES)).isFalse();
    assertThat(access.allows(of(method, "ada"), "ada", Set.of("operator"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"nobody", "count", "names", "inner", "inner.player_id"})
  void refuseAnOwnerThatIsNoStringOfTheRequest(String own) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> method(Access.newBuilder().setOwn(own)))
        .withMessageContaining("option access of test.v1.Asking.Ask")
        .withMessageContaining("own \"" + own + "\"")
        .withMessageContaining("a string field of test.v1.Question");
  }

  @Test
  void refuseAccessThatSaysNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> method(Access.newBuilder()))
        .withMessageContaining("expected: signed_in: true, own or roles");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> method(Access.newBuilder().addRoles("Operator")))
        .withMessageContaining("role \"Operator\" (expected: a word in lower case)");
  }

  @Test
  void askWhoseATokenIsAndReadTheAnswer() {
    var method =
        method(
            SessionOptions.newBuilder()
                .setToken("player_id")
                .setUser("asked.player_id")
                .setRoles("roles"));
    var check = method.sessionCheck().orElseThrow();
    Message request = check.request((Message) method.requestDefault(), "t");
    assertThat(request).isEqualTo(of(method, "t"));

    var type = method.descriptor().getOutputType();
    var role = type.findFieldByName("roles");
    assertThat(check.user(none(type))).isEmpty();
    assertThat(check.roles(none(type))).isEmpty();
    var answer =
        DynamicMessage.newBuilder(type)
            .setField(type.findFieldByName("asked"), of(method, "ada"))
            .addRepeatedField(role, role.getEnumType().findValueByName("ADMIN"))
            .build();
    assertThat(check.user(answer)).contains("ada");
    assertThat(check.roles(answer)).containsExactly("admin");
  }

  @ParameterizedTest
  @CsvSource({
    "'',        asked.player_id, roles, token",
    "names,     asked.player_id, roles, token",
    "player_id, '',              roles, user",
    "player_id, asked,           roles, user",
    "player_id, asked.names,     roles, user",
    "player_id, asked.player_id.x, roles, user",
    "player_id, asked.player_id, asked, roles",
    "player_id, asked.player_id, nope,  roles"
  })
  void refuseFieldsThatCannotHoldWhatTheyShould(
      String token, String user, String roles, String wrong) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> method(SessionOptions.newBuilder().setToken(token).setUser(user).setRoles(roles)))
        .withMessageContaining("option sessions of test.v1.Asking.Ask: " + wrong + " \"");
  }
}
