package io.bodybroker.protoc.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractCheckTest {
  @TempDir private Path directory;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private int run(String word, FileDescriptorSet descriptors) throws IOException {
    Path file = directory.resolve("contracts.binpb");
    Files.write(file, descriptors.toByteArray());
    output.reset();
    return ContractCheck.run(
        List.of(word, directory.resolve("baseline").toString(), file.toString(), "greenhouse/"),
        new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private static FileDescriptorSet withoutRoutes() {
    var set = Greenhouse.compiled().toBuilder();
    set.getFileBuilderList().stream()
        .filter(file -> file.getName().equals(Greenhouse.FILE))
        .forEach(file -> file.getServiceBuilder(0).getMethodBuilder(1).clearOptions());
    return set.build();
  }

  @Test
  void whatWasAcceptedPassesAndWhatBreaksItFails() throws Exception {
    assertThat(run("accept", Greenhouse.compiled())).isZero();
    assertThat(run("check", Greenhouse.compiled())).as(output()).isZero();

    assertThat(run("check", withoutRoutes())).isEqualTo(1);
    assertThat(output())
        .contains("greenhouse.v1.Greenhouse.Plant has no route PUT /v1/beds/{bed_id} any more")
        .contains("Plant is IDEMPOTENCY_UNKNOWN, was IDEMPOTENT");

    assertThat(run("accept", withoutRoutes())).isZero();
    assertThat(output()).startsWith("accepted: ").contains("greenhouse.proto.txtpb");
    assertThat(run("check", withoutRoutes())).isZero();
  }

  @Test
  void aTestChecksInTwoLines(@TempDir Path directory) throws Exception {
    Baseline.in(directory).accept(Greenhouse.unchanged());
    FileDescriptorSet descriptors = Greenhouse.compiled();

    var now = ContractSet.of(descriptors, file -> file.startsWith("greenhouse/"));
    assertThat(Baseline.in(directory).check(now)).isEmpty();
  }

  @Test
  void theBaselineIsReadableAndHasOptionsButNoComments() throws Exception {
    run("accept", Greenhouse.compiled());

    assertThat(Files.readString(directory.resolve("baseline/greenhouse/v1/greenhouse.proto.txtpb")))
        .startsWith("# proto-file: google/protobuf/descriptor.proto\n")
        .contains("pattern: \"[a-z]+\"", "get: \"/v1/beds/{bed_id}\"", "subject: \"evt.greenhouse")
        .doesNotContain("One of everything");
    assertThat(directory.resolve("baseline"))
        .isDirectoryNotContaining("glob:**/{google,bodybroker}");
  }

  @Test
  void acceptsTheSameTwiceWithoutAChange() throws Exception {
    run("accept", Greenhouse.compiled());
    run("accept", Greenhouse.compiled());

    assertThat(output()).isEmpty();
  }

  @Test
  void acceptingForgetsFilesThatAreGone() throws Exception {
    Path old = directory.resolve("baseline/old/v1/old.proto.txtpb");
    Files.createDirectories(old.getParent());
    Files.writeString(old, "name: 'old/v1/old.proto'");
    assertThat(run("accept", Greenhouse.compiled())).isZero();

    assertThat(old).doesNotExist();
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(run("check", Greenhouse.compiled())).isEqualTo(2);
    assertThat(output()).startsWith("no baseline in ").contains("(expected: *.txtpb");

    var alone = FileDescriptorSet.newBuilder();
    Greenhouse.compiled().getFileList().stream()
        .filter(file -> file.getName().equals(Greenhouse.FILE))
        .forEach(alone::addFile);
    assertThat(run("check", alone.build())).isEqualTo(2);
    assertThat(output())
        .isEqualToNormalizingNewlines(
            "greenhouse/v1/greenhouse.proto imports bodybroker/sdk/v1/contract.proto (expected: a"
                + " descriptor set with all imports)\n");

    assertThat(run("compare", Greenhouse.compiled())).isEqualTo(2);
    assertThat(output()).startsWith("usage: check|accept");
  }

  @Test
  void aBaselineWithAnOptionThatIsGoneIsNotReadHalf() throws Exception {
    run("accept", Greenhouse.compiled());
    Path file = directory.resolve("baseline/greenhouse/v1/greenhouse.proto.txtpb");
    Files.writeString(file, Files.readString(file).replace("sdk.v1.event", "sdk.v1.happening"));

    assertThat(run("check", Greenhouse.compiled())).isEqualTo(2);
    assertThat(output()).contains("greenhouse.proto.txtpb:", "sdk.v1.happening");
    assertThatThrownBy(
            () -> Baseline.in(directory.resolve("baseline")).check(Greenhouse.unchanged()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
