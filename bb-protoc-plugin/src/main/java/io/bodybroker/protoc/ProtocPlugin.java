package io.bodybroker.protoc;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Turns the protobuf services of a protoc run into Java. protoc starts it once a run, writes one
 * request to its standard input and reads one response from its standard output.
 *
 * <p>What is wrong with a contract is said in the response, so that protoc reports it like an error
 * of its own and writes no file. The exit code is other than zero only if the request could not be
 * read.
 */
public final class ProtocPlugin {
  private ProtocPlugin() {}

  /**
   * Serves one run of protoc.
   *
   * @param args none
   * @throws IOException if the request cannot be read or the response not be written
   */
  public static void main(String[] args) throws IOException {
    run(System.in, System.out);
  }

  static void run(InputStream in, OutputStream out) throws IOException {
    generate(CodeGeneratorRequest.parseFrom(in)).writeTo(out);
    out.flush();
  }

  /** The files for a request, or what is wrong with it. */
  static CodeGeneratorResponse generate(CodeGeneratorRequest request) {
    var response =
        CodeGeneratorResponse.newBuilder()
            .setSupportedFeatures(
                Feature.FEATURE_PROTO3_OPTIONAL_VALUE | Feature.FEATURE_SUPPORTS_EDITIONS_VALUE)
            .setMinimumEdition(Edition.EDITION_PROTO2_VALUE)
            .setMaximumEdition(Edition.EDITION_2026_VALUE);
    if (!request.getParameter().isEmpty()) {
      return response
          .setError("unknown parameter \"" + request.getParameter() + "\" (expected: none)")
          .build();
    }
    var problems = new Problems();
    Contracts contracts = ContractReader.read(request, problems);
    if (!problems.isEmpty()) {
      return response.setError(problems.text()).build();
    }
    for (ServiceModel service : contracts.services()) {
      response
          .addFile(ServiceInterfaceWriter.write(service, contracts.classes()))
          .addFile(ContractWriter.write(service, contracts.classes()))
          .addFile(ClientWriter.write(service, contracts.classes()));
    }
    ProviderFile.of(contracts.services()).ifPresent(response::addFile);
    return response.build();
  }
}
