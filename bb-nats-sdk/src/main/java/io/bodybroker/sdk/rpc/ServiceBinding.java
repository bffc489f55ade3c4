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
  private final List<MethodBinding> methods;

  private ServiceBinding(ServiceContract contract, List<MethodBinding> methods) {
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

  List<MethodBinding> methods() {
    return methods;
  }

  /** One method and its handler. */
  sealed interface MethodBinding {
    /** The method. */
    RpcMethod<?, ?> method();
  }

  /** A method that answers with one message. */
  record Unary<Q extends Message, R extends Message>(
      RpcMethod<Q, R> method, UnaryHandler<Q, R> handler) implements MethodBinding {}

  /** A method that answers with a stream. */
  record Streaming<Q extends Message, R extends Message>(
      RpcMethod<Q, R> method, StreamHandler<Q, R> handler) implements MethodBinding {}

  /** Collects handlers. Not thread-safe. */
  public static final class Builder {
    private final ServiceContract contract;
    private final List<MethodBinding> methods = new ArrayList<>();

    private Builder(ServiceContract contract) {
      this.contract = contract;
    }

    /**
     * Serves a method that answers with one message.
     *
     * @throws IllegalArgumentException if it streams
     */
    public <Q extends Message, R extends Message> Builder unary(
        RpcMethod<Q, R> method, UnaryHandler<Q, R> handler) {
      method.requireUnary();
      methods.add(new Unary<>(method, handler));
      return this;
    }

    /**
     * Serves a method that answers with a stream of messages.
     *
     * @throws IllegalArgumentException if it does not stream
     */
    public <Q extends Message, R extends Message> Builder serverStreaming(
        RpcMethod<Q, R> method, StreamHandler<Q, R> handler) {
      method.requireServerStreaming();
      methods.add(new Streaming<>(method, handler));
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
