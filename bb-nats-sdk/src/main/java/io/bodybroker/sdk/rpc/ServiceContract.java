package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What a service promises: its name, version and methods. Generated code holds one for each
 * protobuf {@code service}.
 *
 * <p>Immutable.
 */
public final class ServiceContract {
  /**
   * How contracts on the class path are found, through {@link ServiceLoader}; implemented by
   * generated code.
   */
  public interface Provider {
    /** The contract. */
    ServiceContract contract();
  }

  private final ServiceDescriptor descriptor;
  private final List<RpcMethod<?, ?>> methods;
  private final String name;

  private ServiceContract(ServiceDescriptor descriptor, List<RpcMethod<?, ?>> methods) {
    this.descriptor = descriptor;
    this.methods = List.copyOf(methods);
    this.name = SubjectNames.service(descriptor);
  }

  /**
   * A contract of these methods.
   *
   * @throws IllegalArgumentException if a method belongs to another service
   */
  public static ServiceContract of(ServiceDescriptor descriptor, RpcMethod<?, ?>... methods) {
    for (RpcMethod<?, ?> method : methods) {
      if (!method.descriptor().getService().getFullName().equals(descriptor.getFullName())) {
        throw new IllegalArgumentException(method + " is not of " + descriptor.getFullName());
      }
    }
    return new ServiceContract(descriptor, List.of(methods));
  }

  /** Every contract on the class path, by name. */
  public static List<ServiceContract> onClassPath() {
    return ServiceLoader.load(Provider.class).stream()
        .map(provider -> provider.get().contract())
        .sorted(Comparator.comparing(ServiceContract::name))
        .toList();
  }

  /** The protobuf descriptor. */
  public ServiceDescriptor descriptor() {
    return descriptor;
  }

  /** The service's name on the wire, {@code weather-manager}. */
  public String name() {
    return name;
  }

  /** The contract's version as its package says it, {@code v1}. */
  public String version() {
    return SubjectNames.version(descriptor);
  }

  /** The queue group that all instances share, {@code svc-weather-manager-workers}. */
  public String queueGroup() {
    return SubjectNames.queueGroup(descriptor);
  }

  /** The methods, in the order of the contract. */
  public List<RpcMethod<?, ?>> methods() {
    return methods;
  }

  @Override
  public String toString() {
    return descriptor.getFullName();
  }
}
