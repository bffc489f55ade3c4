package io.bodybroker.sdk.rpc;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A contract with a handler for each of its methods. Immutable.
 *
 * @see RpcService#binding()
 */
public final class ServiceBinding {
  private final ServiceContract contract;
  private final List<MethodBinding<?, ?>> methods;

  private ServiceBinding(ServiceContract contract, List<MethodBinding<?, ?>> methods) {
    this.contract = contract;
    this.methods = List.copyOf(methods);
  }

  /** Starts the binding of a contract. */
  public static Builder of(ServiceContract contract) {
    return new Builder(contract);
  }

  /** The contract. */
  public ServiceContract contract() {
    return contract;
  }

  List<MethodBinding<?, ?>> methods() {
    return methods;
  }

  /** One method and its handler. */
  record MethodBinding<Q extends Message, R extends Message>(
      RpcMethod<Q, R> method, UnaryHandler<Q, R> handler) {}

  /** Collects handlers. Not thread-safe. */
  public static final class Builder {
    private final ServiceContract contract;
    private final List<MethodBinding<?, ?>> methods = new ArrayList<>();

    private Builder(ServiceContract contract) {
      this.contract = contract;
    }

    /** Serves a method with a handler. */
    public <Q extends Message, R extends Message> Builder unary(
        RpcMethod<Q, R> method, UnaryHandler<Q, R> handler) {
      methods.add(new MethodBinding<>(method, handler));
      return this;
    }

    /**
     * The binding.
     *
     * @throws IllegalStateException if a method of the contract has no handler
     */
    public ServiceBinding build() {
      for (RpcMethod<?, ?> method : contract.methods()) {
        if (methods.stream().noneMatch(bound -> bound.method().equals(method))) {
          throw new IllegalStateException(method + " has no handler");
        }
      }
      return new ServiceBinding(contract, methods);
    }
  }
}
