package io.bodybroker.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal names file and element, and what would be right. */
final class ContractChecksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"client_streaming: true", "client_streaming: true server_streaming: true"})
  void refusesStreamsOfRequests(String streaming) {
    assertThat(errorOf(echo(rpc("Tell", streaming))))
        .isEqualTo(
            """
            echo.proto: rpc echo.v1.Echo.Tell streams its requests \
            (expected: one request; a response or a stream of them)\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "echo.v0", "echo.v1beta1", "echo.v01", "echo.v1.internal"})
  void refusesPackagesWithoutVersion(String protoPackage) {
    assertThat(errorOf(file("echo.proto", protoPackage, "service { name: 'Echo' }")))
        .isEqualTo(
            """
            echo.proto: service %1$s.Echo is in package "%1$s", which does not end in a version \
            (expected: for example "%1$s.v1")\
            """
                .formatted(protoPackage));
  }

  @Test
  void refusesServicesInNoPackage() {
    assertThat(errorOf(file("echo.proto", "", "service { name: 'Echo' }")))
        .endsWith("does not end in a version (expected: for example \"echo.v1\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Get_X", "getX", "get_x", "get_X"})
  void refusesRpcsOfTheSameEndpoint(String name) {
    assertThat(errorOf(echo(rpc("GetX", "") + rpc(name, ""))))
        .isEqualTo(
            """
            echo.proto: rpc echo.v1.Echo.%s has endpoint "get_x", and so has rpc GetX \
            (expected: one of them renamed)\
            """
                .formatted(name));
  }

  @Test
  void refusesAnRpcNamedAsTheTwinOfAnother() {
    String expected =
        " has Java method \"fooAsync\", and so has rpc %s (expected: one of them renamed)";
    assertThat(errorOf(echo(rpc("Foo", "") + rpc("FooAsync", ""))))
        .isEqualTo("echo.proto: rpc echo.v1.Echo.FooAsync" + expected.formatted("Foo"));
    assertThat(errorOf(echo(rpc("FooAsync", "") + rpc("Foo", ""))))
        .isEqualTo("echo.proto: rpc echo.v1.Echo.Foo" + expected.formatted("FooAsync"));
  }

  @Test
  void refusesRpcsOfTheSameJavaMethod() {
    assertThat(errorOf(echo(rpc("GetX", "") + rpc("Get__X", ""))))
        .contains("rpc echo.v1.Echo.Get__X has Java method \"getX\", and so has rpc GetX");
  }

  @Test
  void refusesRpcsOfTheSameConstant() {
    assertThat(errorOf(echo(rpc("Contract", "") + rpc("Contract_", ""))))
        .contains("and so has rpc Contract");
  }

  @Test
  void refusesServicesOfTheSameSubjects() {
    var request =
        CodeGeneratorRequest.newBuilder()
            .mergeFrom(file("a.proto", "a.v1", "service { name: 'WorldState' }"))
            .mergeFrom(file("b.proto", "b.v1", "service { name: 'worldState' }"))
            .build();
    assertThat(errorOf(request))
        .isEqualTo(
            """
            b.proto: service b.v1.worldState has subjects svc.world-state.v1.*, and so has service \
            a.v1.WorldState (expected: one of them renamed)\
            """);
  }

  @Test
  void takesTwoVersionsOfAService() {
    var request =
        CodeGeneratorRequest.newBuilder()
            .mergeFrom(file("a1.proto", "a.v1", "service { name: 'Echo' }"))
            .mergeFrom(file("a2.proto", "a.v2", "service { name: 'Echo' }"))
            .build();
    assertThat(ProtocPlugin.generate(request).getError()).isEmpty();
  }

  @Test
  void refusesServicesOfTheSameJavaClasses() {
    var request =
        CodeGeneratorRequest.newBuilder()
            .mergeFrom(file("a.proto", "a.v1", "service { name: 'Echo' } " + javaPackage("x")))
            .mergeFrom(file("b.proto", "a.v2", "service { name: 'Echo' } " + javaPackage("x")))
            .build();
    assertThat(errorOf(request))
        .contains(
            """
            b.proto: service a.v2.Echo generates class x.EchoClient, and so does service a.v1.Echo \
            (expected: another name or java_package)\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EchoService", "EchoContract", "EchoClient"})
  void refusesClassesThatMessagesHave(String message) {
    String multipleFiles = " options { java_multiple_files: true }";
    String service = "service { name: 'Echo' }";
    String messageType = "message_type { name: '%s' } ".formatted(message);
    assertThat(errorOf(file("e.proto", "echo.v1", service + messageType + multipleFiles)))
        .isEqualTo(
            """
            e.proto: service echo.v1.Echo generates class echo.v1.%1$s, and so does message \
            echo.v1.%1$s (expected: one of them renamed, a file by java_outer_classname)\
            """
                .formatted(message));
    assertThat(ProtocPlugin.generate(file("e.proto", "echo.v1", service + messageType)).getError())
        .isEmpty();
  }

  @Test
  void refusesTheClassThatTheFileHas() {
    assertThat(errorOf(file("echo_client.proto", "echo.v1", "service { name: 'Echo' }")))
        .isEqualTo(
            """
            echo_client.proto: service echo.v1.Echo generates class echo.v1.EchoClient, and so does \
            file echo_client.proto (expected: one of them renamed, a file by java_outer_classname)\
            """);
  }

  @Test
  void refusesLiteMessages() {
    String lite = "service { name: 'Echo' } options { optimize_for: LITE_RUNTIME }";
    assertThat(errorOf(file("echo.proto", "echo.v1", lite)))
        .isEqualTo(
            """
            echo.proto: service echo.v1.Echo needs the descriptor of echo.proto \
            (expected: no option optimize_for = LITE_RUNTIME there)\
            """);
  }

  @Test
  void namesEveryProblemOfARun() {
    var request = echo(rpc("A", "client_streaming: true") + rpc("B", "client_streaming: true"));
    assertThat(errorOf(request).lines()).hasSize(2);
  }

  @Test
  void saysWhereInTheFile() {
    String location = "source_code_info { location { path: [6, 0] span: [11, 2, 13, 1] } }";
    assertThat(errorOf(file("echo.proto", "echo", "service { name: 'Echo' } " + location)))
        .startsWith("echo.proto:12:3: service echo.Echo is in package");
  }

  @Test
  void refusesFilesThatDoNotLink() {
    assertThat(errorOf(echo("method { name: 'A' input_type: '.gone.B' output_type: '.gone.B' }")))
        .startsWith("echo.proto: does not link: ")
        .contains("gone.B");
  }

  private static CodeGeneratorRequest echo(String methods) {
    String messages = "message_type { name: 'Ask' } ";
    return file("echo.proto", "echo.v1", messages + "service { name: 'Echo' " + methods + " }");
  }

  private static CodeGeneratorRequest file(String name, String protoPackage, String rest) {
    return TestContracts.written("name: '%s' package: '%s' %s".formatted(name, protoPackage, rest));
  }

  private static String rpc(String name, String streaming) {
    return "method { name: '%s' input_type: '.echo.v1.Ask' output_type: '.echo.v1.Ask' %s } "
        .formatted(name, streaming);
  }

  private static String javaPackage(String name) {
    return "options { java_package: '%s' }".formatted(name);
  }

  private static String errorOf(CodeGeneratorRequest request) {
    CodeGeneratorResponse response = ProtocPlugin.generate(request);
    assertThat(response.getFileList()).isEmpty();
    return response.getError();
  }
}
