package com.example.greeter;

import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;

/** Wires the service; stores, events and a clock are to be had from the context as well. */
final class GreeterModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    context.serve(new Greeter());
  }
}
