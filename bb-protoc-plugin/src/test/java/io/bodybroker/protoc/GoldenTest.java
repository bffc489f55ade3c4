package io.bodybroker.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is generated from {@code garden.proto}, to the letter: a change of the generator shows as a
 * change of these files. After a change that is meant, write them anew with {@code mvn -pl
 * bb-protoc-plugin test -Dgolden.write} and read the diff.
 */
final class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TestFactory
  List<DynamicTest> generatesWhatIsCheckedIn() {
    var response = ProtocPlugin.generate(TestContracts.compiled(List.of("garden/v1/garden.proto")));
    assertThat(response.getError()).isEmpty();
    assertThat(response.getFileList()).hasSize(4);
    return response.getFileList().stream()
        .map(file -> DynamicTest.dynamicTest(file.getName(), () -> check(file)))
        .toList();
  }

  private static void check(File file) throws IOException {
    Path golden = GOLDEN.resolve(file.getName());
    if (System.getProperty("golden.write") != null) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, file.getContent());
    }
    assertThat(file.getContent()).isEqualTo(Files.readString(golden));
  }
}
