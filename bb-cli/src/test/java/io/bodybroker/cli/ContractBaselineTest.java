package io.bodybroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import io.bodybroker.protoc.compatibility.Baseline;
import io.bodybroker.protoc.compatibility.BreakingChange;
import io.bodybroker.protoc.compatibility.ContractSet;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of the tree against what was accepted of them last. */
class ContractBaselineTest {
  private static final Path BASELINE = Path.of("../baseline/contracts");

  @Test
  void noContractBreaksWhoeverKeepsToTheBaseline() throws Exception {
    assertThat(Baseline.in(BASELINE).check(ContractsOnClassPath.find()))
        .as("changes that break somebody; if one is meant: ./bb contracts accept")
        .isEmpty();
  }

  @Test
  void seesEveryContractOfTheTree() throws Exception {
    assertThat(ContractsOnClassPath.find().fileNames())
        .as("a module leaves its descriptor set in its jar (see svc-parent), cleanly built")
        .containsAll(protoFiles());
  }

  private static List<String> protoFiles() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      return modules
          // What proofs count with and benchmarks call is nobody's contract.
          .filter(module -> !module.endsWith("bb-cli") && !module.endsWith("bb-bench"))
          .map(module -> module.resolve("src/main/proto"))
          .filter(Files::isDirectory)
          .flatMap(ContractBaselineTest::below)
          .toList();
    }
  }

  private static Stream<String> below(Path sources) {
    try (Stream<Path> all = Files.walk(sources)) {
      return all
          .filter(file -> file.toString().endsWith(".proto"))
          .map(file -> sources.relativize(file).toString())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The check knows options by name only; these are the ones that contracts really use. */
  @Test
  void aPromiseTakenBackByAnOptionOfTheSdkIsFound() throws Exception {
    assertThat(Baseline.in(BASELINE).check(withoutPromises()))
        .extracting(BreakingChange::toString)
        .anySatisfy(line -> assertThat(line).contains("WeatherChanged is no event any more"))
        .anySatisfy(line -> assertThat(line).contains("WatchWeather resumes by nothing"))
        .anySatisfy(line ->
            assertThat(line)
                .containsPattern("weather_manager.proto:\\d+:3: rpc .*ListZones has no route GET"))
        .anySatisfy(line -> assertThat(line).contains("Zone.seed (3) has max: 1, had none"));
  }

  private static ContractSet withoutPromises() throws IOException {
    var options = ExtensionRegistry.newInstance();
    ContractProto.registerAllExtensions(options);
    AnnotationsProto.registerAllExtensions(options);
    var bytes = ContractsOnClassPath.descriptors().toByteString();
    var changed = FileDescriptorSet.parseFrom(bytes, options).toBuilder();
    changed.getFileBuilderList().stream()
        .filter(file -> file.getName().endsWith("/weather_manager.proto"))
        .forEach(ContractBaselineTest::takeBack);
    return ContractSet.of(changed.build(), name -> name.startsWith("bodybroker/"));
  }

  private static void takeBack(FileDescriptorProto.Builder file) {
    file.getServiceBuilder(0)
        .getMethodBuilderList()
        .forEach(method ->
            method
                .getOptionsBuilder()
                .clearExtension(AnnotationsProto.http)
                .clearExtension(ContractProto.resume));
    file.getMessageTypeBuilderList()
        .forEach(message -> message.getOptionsBuilder().clearExtension(ContractProto.event));
    var rules = Rules.newBuilder().setMax(1).build();
    file.getMessageTypeBuilderList().stream()
        .filter(message -> message.getName().equals("Zone"))
        .forEach(message ->
            message
                .getFieldBuilder(2)
                .getOptionsBuilder()
                .setExtension(ContractProto.rules, rules));
  }

  @Test
  void theCommandAcceptsThenChecks(@TempDir Path directory) throws Exception {
    String baseline = "--baseline=" + directory;
    assertThat(Main.run(List.of("contracts", "check", baseline))).as("none yet").isEqualTo(2);

    assertThat(Main.run(List.of("contracts", "accept", baseline))).isZero();
    assertThat(Main.run(List.of("contracts", "check", baseline))).isZero();

    Path file = directory.resolve("bodybroker/common/v1/common.proto.txtpb");
    Files.writeString(file, Files.readString(file).replace("\"SPRING\"", "\"VERNAL\""));
    assertThat(Main.run(List.of("contracts", "check", baseline))).isEqualTo(1);
    assertThat(Main.run(List.of("contracts", "guess", baseline))).isEqualTo(2);
  }
}
