package io.bodybroker.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * {@code bb call <service> <method> '<json>'}: one call over NATS, without the gateway. What a
 * method streams is printed as it comes, a message a line.
 */
final class CallCommand {
  private CallCommand() {}

  static void run(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of(), Set.of("--timeout", "--messages"));
    if (arguments.words().size() < 2 || arguments.words().size() > 3) {
      throw CommandException.usage(
          "usage: bb call <service> <method> ['<json>'] [--timeout 2s] [--messages N]; for example:"
              + " bb call time-manager GetTime '{\"worldId\": \"veridian\"}'");
    }
    RpcMethod<?, ?> method = method(arguments.words().get(0), arguments.words().get(1));
    String json = arguments.words().size() == 3 ? arguments.words().get(2) : "{}";
    var options = CallOptions.timeout(arguments.duration("--timeout", Duration.ofSeconds(2)));
    int messages = arguments.number("--messages", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    try (var bus = Connecting.toBus(BusConfig.fromEnvironment())) {
      if (method.isServerStreaming()) {
        stream(bus, method, json, options, messages);
      } else {
        System.out.println(call(bus, method, json, options));
      }
    }
  }

  private static <Q extends Message, R extends Message> String call(
      Bus bus, RpcMethod<Q, R> method, String json, CallOptions options) {
    return text(JsonFormat.printer(), bus.call(method, parse(method, json), options));
  }

  /** Flushes each line, since who reads a pipe wants to see what happens when it does. */
  private static <Q extends Message, R extends Message> void stream(
      Bus bus, RpcMethod<Q, R> method, String json, CallOptions options, int messages) {
    var printer = JsonFormat.printer().omittingInsignificantWhitespace();
    try (var stream = bus.open(method, parse(method, json), options)) {
      for (int i = 0; i < messages; i++) {
        var next = stream.next();
        if (next.isEmpty()) {
          return;
        }
        System.out.println(text(printer, next.get()));
        System.out.flush();
      }
    }
  }

  private static String text(JsonFormat.Printer printer, Message response) {
    try {
      return printer.alwaysPrintFieldsWithNoPresence().print(response);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer that JSON cannot show: " + response, e);
    }
  }

  @SuppressWarnings("unchecked") // a builder makes messages of the type it came from
  private static <Q extends Message> Q parse(RpcMethod<Q, ?> method, String json) {
    Message.Builder request = method.requestDefault().newBuilderForType();
    try {
      JsonFormat.parser().merge(json, request);
    } catch (InvalidProtocolBufferException e) {
      throw CommandException.usage(
          "not a " + request.getDescriptorForType().getName() + ": " + e.getMessage());
    }
    return (Q) request.build();
  }

  /** By either of their names: {@code GetTime} or {@code get_time}. */
  private static RpcMethod<?, ?> method(String service, String name) {
    List<ServiceContract> contracts = ServiceContract.onClassPath();
    ServiceContract contract =
        contracts.stream()
            .filter(candidate -> candidate.name().equals(service))
            .findFirst()
            .orElseThrow(() ->
                CommandException.usage(
                    "unknown service \"%s\" (expected: one of %s)"
                        .formatted(
                            service, contracts.stream().map(ServiceContract::name).toList())));
    return contract.methods().stream()
        .filter(candidate -> candidate.name().equals(name) || candidate.endpoint().equals(name))
        .findFirst()
        .orElseThrow(() ->
            CommandException.usage(
                "unknown method \"%s\" of %s (expected: one of %s)"
                    .formatted(
                        name, service, contract.methods().stream().map(RpcMethod::name).toList())));
  }
}
