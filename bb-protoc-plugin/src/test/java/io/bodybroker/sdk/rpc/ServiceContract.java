package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;

/** The constant of a generated contract. */
public record ServiceContract(ServiceDescriptor descriptor, List<RpcMethod<?, ?>> methods) {
  public ServiceContract {
    methods = List.copyOf(methods);
  }

  /** What a generated contract provides. */
  public interface Provider {
    ServiceContract contract();
  }

  public static ServiceContract of(ServiceDescriptor descriptor, RpcMethod<?, ?>... methods) {
    return new ServiceContract(descriptor, List.of(methods));
  }
}
