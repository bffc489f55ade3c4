package io.bodybroker.protoc;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.File;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The resource through which {@link java.util.ServiceLoader} finds the contracts of a run. */
final class ProviderFile {
  private ProviderFile() {}

  /** Empty if there is no contract. */
  static Optional<File> of(List<ServiceModel> services) {
    if (services.isEmpty()) {
      return Optional.empty();
    }
    String names =
        services.stream()
            .map(service -> service.contractType().importName() + "\n")
            .sorted()
            .collect(Collectors.joining());
    return Optional.of(
        File.newBuilder()
            .setName("META-INF/services/" + KnownTypes.CONTRACT_PROVIDER_BINARY)
            .setContent(names)
            .build());
  }
}
