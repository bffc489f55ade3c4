package io.bodybroker.protoc;

/**
 * An rpc.
 *
 * @param name its name in the contract, {@code GetWeather}
 * @param request what it takes
 * @param response what it returns
 * @param isStreaming whether it returns a stream of them
 * @param comment what the contract says about it; empty if nothing
 * @param isDeprecated whether the contract says so
 */
record MethodModel(
    String name,
    JavaType request,
    JavaType response,
    boolean isStreaming,
    String comment,
    boolean isDeprecated) {
  /** The Java method of interface and client, {@code getWeather}. */
  String javaName() {
    return JavaNames.method(name);
  }

  /** Its twin that does not wait, {@code getWeatherAsync}. */
  String asyncName() {
    return JavaNames.asyncMethod(name);
  }

  /** How the SDK calls this kind of method, where it is bound and where it is made. */
  String kind() {
    return isStreaming ? "serverStreaming" : "unary";
  }

  /** The constant in the contract, {@code GET_WEATHER}. */
  String constant() {
    return JavaNames.constant(name);
  }
}
