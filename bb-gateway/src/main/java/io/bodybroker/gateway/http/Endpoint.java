package io.bodybroker.gateway.http;

import io.bodybroker.gateway.transcoding.HttpBinding;
import java.util.function.Supplier;

/** What serves a route. */
sealed interface Endpoint {
  /** The template of its path. */
  String route();

  /** Who answers, for messages. */
  String service();

  /** A method of a service. */
  record Call(HttpBinding binding) implements Endpoint {
    @Override
    public String route() {
      return binding.path().text();
    }

    @Override
    public String service() {
      return binding.method().service();
    }

    @Override
    public String toString() {
      return binding.toString();
    }
  }

  /** A page of the gateway itself, such as its health. */
  record Page(String route, Supplier<Answer> content) implements Endpoint {
    @Override
    public String service() {
      return "the gateway";
    }

    @Override
    public String toString() {
      return "GET " + route + " of the gateway itself";
    }
  }
}
