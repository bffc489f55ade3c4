package io.bodybroker.gateway.http;

import io.bodybroker.gateway.transcoding.HttpBinding;
import java.util.function.Supplier;

/** What serves a route. */
sealed interface Endpoint {
  /** A method of a service. */
  record Call(HttpBinding binding) implements Endpoint {
    @Override
    public String toString() {
      return binding.toString();
    }
  }

  /** A page of the gateway itself, such as its health. */
  record Page(String path, Supplier<Answer> content) implements Endpoint {
    @Override
    public String toString() {
      return "GET " + path + " of the gateway itself";
    }
  }
}
