package io.bodybroker.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles what is generated from every contract of {@code src/test/proto} against what
 * protobuf-java generated from the same files, so that each name is proved to be the one
 * protobuf-java chose; then loads it.
 */
final class CompilationTest {
  @TempDir private static Path directory;

  private static String compilerOutput = "";

  @BeforeAll
  static void compile() throws IOException {
    var arguments = new ArrayList<>(List.of("-d", directory.toString(), "--release", "21"));
    arguments.addAll(List.of("-Xlint:all", "-Xdoclint:all,-missing", "-Werror", "-proc:none"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (File file : ProtocPlugin.generate(TestContracts.allCompiled()).getFileList()) {
      Path path = directory.resolve(file.getName());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getContent());
      if (file.getName().endsWith(".java")) {
        arguments.add(path.toString());
      }
    }
    var output = new StringWriter();
    var writer = new PrintWriter(output);
    var javac = ToolProvider.findFirst("javac").orElseThrow();
    int exitCode = javac.run(writer, writer, arguments.toArray(String[]::new));
    compilerOutput = exitCode == 0 ? output.toString() : "exit code " + exitCode + "\n" + output;
  }

  @Test
  void compilesWithoutAnyWarning() {
    assertThat(compilerOutput).isEmpty();
  }

  @Test
  void providesEveryServiceWithAllItsMethods() throws IOException {
    try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      List<ServiceContract> contracts =
          ServiceLoader.load(ServiceContract.Provider.class, loader).stream()
              .map(provider -> provider.get().contract())
              .toList();

      assertThat(contracts)
          .extracting(contract -> contract.descriptor().getFullName())
          .containsExactlyInAnyOrder(
              "corner.edition.v1.Edition",
              "corner.edition.v2.Edition",
              "corner.named.v1.Named",
              "corner.reserved.v1.Nothing",
              "corner.reserved.v1.Reserved",
              "corner.reserved.v1.lower_case",
              "corner.twice.v2.Old",
              "corner.twice.v2.Twice",
              "garden.v1.GardenKeeper",
              "greenhouse.v1.Greenhouse");
      assertThat(contracts)
          .allSatisfy(contract -> {
            assertThat(contract.methods())
                .extracting(RpcMethod::descriptor)
                .isEqualTo(contract.descriptor().getMethods());
            assertThat(contract.methods()).allSatisfy(CompilationTest::hasMessagesOfContract);
          });
    }
  }

  private static void hasMessagesOfContract(RpcMethod<?, ?> method) {
    assertThat(method.requestDefault().getDescriptorForType())
        .isEqualTo(method.descriptor().getInputType());
    assertThat(method.responseDefault().getDescriptorForType())
        .isEqualTo(method.descriptor().getOutputType());
  }
}
