package io.bodybroker.protoc;

import java.util.List;

/**
 * A service with all its names decided; what writers read.
 *
 * @param protoFile the file that declares it, {@code
 *     bodybroker/weather_manager/v1/weather_manager.proto}
 * @param fullName its name in the contract, {@code bodybroker.weather_manager.v1.WeatherManager}
 * @param name the last part of it
 * @param fileClass the class that has the file's descriptor
 * @param comment what the contract says about it; empty if nothing
 * @param isDeprecated whether the contract says so
 * @param usesDeprecatedMessages whether a request or response is deprecated, so that naming it
 *     draws a warning
 * @param methods in the order of the contract
 */
record ServiceModel(
    String protoFile,
    String fullName,
    String name,
    JavaType fileClass,
    String comment,
    boolean isDeprecated,
    boolean usesDeprecatedMessages,
    List<MethodModel> methods) {
  ServiceModel {
    methods = List.copyOf(methods);
  }

  String packageName() {
    return fileClass.packageName();
  }

  /** The interface that an implementation implements, {@code WeatherManagerService}. */
  JavaType interfaceType() {
    return type("Service");
  }

  /** The class that holds the contract, {@code WeatherManagerContract}. */
  JavaType contractType() {
    return type("Contract");
  }

  /** The class that calls, {@code WeatherManagerClient}. */
  JavaType clientType() {
    return type("Client");
  }

  List<JavaType> generatedTypes() {
    return List.of(interfaceType(), contractType(), clientType());
  }

  private JavaType type(String suffix) {
    return JavaType.of(packageName(), JavaNames.typePrefix(name) + suffix);
  }
}
