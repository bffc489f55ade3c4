package io.bodybroker.protoc;

/**
 * The classes that generated code is written against. Text only: the SDK is built after this
 * plugin, and with its help.
 */
final class KnownTypes {
  static final JavaType CALL_CONTEXT = rpc("CallContext");
  static final JavaType CALL_OPTIONS = rpc("CallOptions");
  static final JavaType RESPONSE_STREAM = rpc("ResponseStream");
  static final JavaType RESPONSE_WRITER = rpc("ResponseWriter");
  static final JavaType RPC_CALLER = rpc("RpcCaller");
  static final JavaType RPC_METHOD = rpc("RpcMethod");
  static final JavaType RPC_SERVICE = rpc("RpcService");
  static final JavaType SERVICE_BINDING = rpc("ServiceBinding");
  static final JavaType SERVICE_CONTRACT = rpc("ServiceContract");
  static final JavaType CONTRACT_PROVIDER = rpc("ServiceContract.Provider");

  /**
   * The binary name of {@link #CONTRACT_PROVIDER}, as {@link java.util.ServiceLoader} looks for it.
   */
  static final String CONTRACT_PROVIDER_BINARY = "io.bodybroker.sdk.rpc.ServiceContract$Provider";

  static final JavaType SERVICE_DESCRIPTOR =
      new JavaType("com.google.protobuf", "Descriptors", "ServiceDescriptor");
  static final JavaType COMPLETABLE_FUTURE =
      JavaType.of("java.util.concurrent", "CompletableFuture");
  static final JavaType CONSUMER = JavaType.of("java.util.function", "Consumer");
  static final JavaType OBJECTS = JavaType.of("java.util", "Objects");
  static final JavaType NULL_MARKED = JavaType.of("org.jspecify.annotations", "NullMarked");
  static final JavaType INTERRUPTED_EXCEPTION = JavaType.of("java.lang", "InterruptedException");
  static final JavaType OVERRIDE = JavaType.of("java.lang", "Override");
  static final JavaType DEPRECATED = JavaType.of("java.lang", "Deprecated");
  static final JavaType SUPPRESS_WARNINGS = JavaType.of("java.lang", "SuppressWarnings");
  static final JavaType VOID = JavaType.of("java.lang", "Void");

  private KnownTypes() {}

  private static JavaType rpc(String name) {
    return JavaType.of("io.bodybroker.sdk.rpc", name);
  }
}
