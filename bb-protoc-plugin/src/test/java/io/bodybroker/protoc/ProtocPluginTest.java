package io.bodybroker.protoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProtocPluginTest {
  @Test
  void answersOnOneStreamWhatIsAskedOnTheOther() throws IOException {
    var request = TestContracts.allCompiled();

    assertThat(run(request)).isEqualTo(ProtocPlugin.generate(request));
  }

  @Test
  void saysWhatItSupports() throws IOException {
    CodeGeneratorResponse response = run(CodeGeneratorRequest.getDefaultInstance());

    assertThat(response.getSupportedFeatures())
        .isEqualTo(Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE);
    assertThat(response.getMinimumEdition()).isEqualTo(Edition.EDITION_PROTO2_VALUE);
    assertThat(response.getMaximumEdition()).isEqualTo(Edition.EDITION_2026_VALUE);
  }

  @Test
  void generatesNothingForFilesWithoutServices() throws IOException {
    CodeGeneratorResponse response = run(TestContracts.compiled(List.of("shared/v1/ground.proto")));

    assertThat(response.hasError()).isFalse();
    assertThat(response.getFileList()).isEmpty();
  }

  @Test
  void generatesOnlyForFilesAskedFor() throws IOException {
    CodeGeneratorResponse response =
        run(TestContracts.compiled(List.of("corner/named_file.proto")));

    assertThat(response.getFileList())
        .extracting(File::getName)
        .containsExactly(
            "com/example/corner/named/v1/NamedService.java",
            "com/example/corner/named/v1/NamedContract.java",
            "com/example/corner/named/v1/NamedClient.java",
            "META-INF/services/io.bodybroker.sdk.rpc.ServiceContract$Provider");
  }

  @Test
  void refusesParametersItDoesNotKnow() throws IOException {
    var request = CodeGeneratorRequest.newBuilder().setParameter("lite,fast=true").build();

    assertThat(run(request).getError())
        .isEqualTo("unknown parameter \"lite,fast=true\" (expected: none)");
  }

  @Test
  void failsIfTheRequestCannotBeRead() {
    var in = new ByteArrayInputStream(new byte[] {10, 127});

    assertThatThrownBy(() -> ProtocPlugin.run(in, new ByteArrayOutputStream()))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  private static CodeGeneratorResponse run(CodeGeneratorRequest request) throws IOException {
    var out = new ByteArrayOutputStream();
    ProtocPlugin.run(new ByteArrayInputStream(request.toByteArray()), out);
    return CodeGeneratorResponse.parseFrom(out.toByteArray());
  }
}
