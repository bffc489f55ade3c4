package io.bodybroker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that callers, brokers or dashboards go by belongs to two services. */
class ClaimsTest {
  @Test
  void noTwoContractsOnTheClassPathClaimTheSame() {
    List<ServiceContract> contracts = ServiceContract.onClassPath();

    assertThat(contracts).hasSizeGreaterThanOrEqualTo(3);
    assertThat(Claims.conflicts(contracts)).isEmpty();
  }

  @Test
  void aServiceNameBelongsToOneService() {
    assertThat(Claims.conflicts(List.of(service("a.v1", "HTTPGate"), service("b.v2", "HttpGate"))))
        .containsExactly(
            "service name http-gate is claimed by a.HTTPGate and by b.HttpGate",
            "queue group svc-http-gate-workers is claimed by a.HTTPGate and by b.HttpGate");
  }

  @Test
  void aSubjectBelongsToOneMethod() {
    assertThat(
            Claims.conflicts(
                List.of(
                    service("a.v1", "Gate", rpc("GetX", "")),
                    service("b.v1", "Gate", rpc("GetX", "")))))
        .contains("subject svc.gate.v1.get_x is claimed by a.v1.Gate/GetX and by b.v1.Gate/GetX");
    assertThat(
            Claims.conflicts(List.of(service("a.v1", "Gate", rpc("GetX", "") + rpc("getX", "")))))
        .containsExactly(
            "subject svc.gate.v1.get_x is claimed by a.v1.Gate/GetX and by a.v1.Gate/getX");
  }

  @Test
  void anEventSubjectBelongsToOneEvent() {
    String opened =
        " message_type { name: 'Opened' options { [bodybroker.sdk.v1.event] { subject: 'evt.gate.opened.v1' } } }";

    assertThat(
            Claims.conflicts(
                List.of(service("a.v1", "Gate", "", opened), service("b.v1", "Door", "", opened))))
        .containsExactly(
            "event subject evt.gate.opened.v1 is claimed by a.v1.Opened and by b.v1.Opened");
  }

  @Test
  void aMetricLabelBelongsToOneContract() {
    assertThat(
            Claims.conflicts(
                List.of(
                    service("a.v1", "Gate", rpc("Open", "")),
                    service("a.v1", "Gate", rpc("Open", ""), "options { java_package: 'copy' }"))))
        .containsExactly(
            "metric label a.v1.Gate/Open is claimed by  of a.v1.Gate.proto and by copy of a.v1.Gate.proto");
  }

  @Test
  void versionsOfAServiceShareItsName() {
    assertThat(
            Claims.conflicts(
                List.of(
                    service("a.v1", "Gate", rpc("Open", "/v1/gates/{id}")),
                    service("a.v2", "Gate", rpc("Open", "/v2/gates/{id}")))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/gates/{id}, /v1/gates/{id}",
    "/v1/gates/{id}, /v1/gates/main",
    "/v1/{kind}/x, /v1/gates/{id}",
    "/v1/{id=**}, /v1/gates/{id}",
    "/v1/{id=gates/*}:open, /v1/{id=gates/*}:open",
  })
  void aRequestFitsTheRoutesOfOneService(String one, String other) {
    assertThat(
            Claims.conflicts(
                List.of(
                    service("a.v1", "Gate", rpc("Open", one)),
                    service("b.v1", "Door", rpc("Open", other)))))
        .containsExactly(
            "route GET %s is claimed by a.v1.Gate/Open and, as %s, by b.v1.Door/Open"
                .formatted(one, other));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/gates/{id}, /v1/doors/{id}",
    "/v1/gates/{id}, /v1/gates/{id}/lock",
    "/v1/gates/{id}:open, /v1/gates/{id}:close",
    "/v1/gates/{id=**}, /v1/doors/{id}",
  })
  void routesThatNoRequestFitsBothAreFree(String one, String other) {
    assertThat(
            Claims.conflicts(
                List.of(
                    service("a.v1", "Gate", rpc("Open", one)),
                    service("b.v1", "Door", rpc("Open", other)))))
        .isEmpty();
  }

  @Test
  void withinAServiceASpecialRouteMayStandBesideAGeneralOneButNotAcrossIt() {
    assertThat(
            Claims.conflicts(
                List.of(
                    service(
                        "a.v1", "Gate", rpc("Open", "/v1/{id}") + rpc("OpenMain", "/v1/main")))))
        .isEmpty();
    assertThat(
            Claims.conflicts(
                List.of(
                    service(
                        "a.v1", "Gate", rpc("Open", "/v1/{kind}/x") + rpc("Get", "/v1/y/{id}")))))
        .containsExactly(
            "route GET /v1/{kind}/x is claimed by a.v1.Gate/Open and, as /v1/y/{id}, by a.v1.Gate/Get");
  }

  private static String rpc(String name, String path) {
    String route =
        path.isEmpty() ? "" : "options { [google.api.http] { get: '%s' } }".formatted(path);
    return " method { name: '%s' input_type: 'Ask' output_type: 'Ask' %s }".formatted(name, route);
  }

  private static ServiceContract service(String protoPackage, String name) {
    return service(protoPackage, name, rpc("Open", ""));
  }

  private static ServiceContract service(String protoPackage, String name, String methods) {
    return service(protoPackage, name, methods, "");
  }

  /** A contract of these methods, and what else its file declares. */
  private static ServiceContract service(
      String protoPackage, String name, String methods, String more) {
    String text =
        """
        name: '%1$s.%2$s.proto' package: '%1$s' syntax: 'proto3'
        dependency: 'google/api/annotations.proto'
        dependency: 'bodybroker/sdk/v1/contract.proto'
        message_type {
          name: 'Ask'
          field { name: 'id' number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
          field { name: 'kind' number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
        }
        service { name: '%2$s' %3$s }
        %4$s
        """
            .formatted(protoPackage, name, methods, more);
    var options = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(options);
    ContractProto.registerAllExtensions(options);
    try {
      var file = FileDescriptorProto.newBuilder();
      TextFormat.merge(text, options, file);
      FileDescriptor[] imports = {AnnotationsProto.getDescriptor(), ContractProto.getDescriptor()};
      var service = FileDescriptor.buildFrom(file.build(), imports).getServices().getFirst();
      var bound = service.getMethods().stream().map(ClaimsTest::method);
      return ServiceContract.of(service, bound.toArray(RpcMethod<?, ?>[]::new));
    } catch (TextFormat.ParseException | DescriptorValidationException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static RpcMethod<?, ?> method(MethodDescriptor method) {
    return RpcMethod.unary(
        method,
        DynamicMessage.getDefaultInstance(method.getInputType()),
        DynamicMessage.getDefaultInstance(method.getOutputType()));
  }
}
