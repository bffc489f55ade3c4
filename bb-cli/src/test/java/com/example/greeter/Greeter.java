package com.example.greeter;

import com.example.greeter.v1.GreetRequest;
import com.example.greeter.v1.GreetResponse;
import com.example.greeter.v1.GreeterService;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;

/**
 * The service itself: a request comes in valid, an answer or a {@link ServiceException} goes out.
 */
final class Greeter implements GreeterService {
  @Override
  public GreetResponse greet(GreetRequest request, CallContext call) {
    if (request.getName().equals("Voldemort")) {
      throw ServiceException.notFound("name", request.getName());
    }
    return GreetResponse.newBuilder().setGreeting("Hello, " + request.getName() + "!").build();
  }
}
