package io.bodybroker.bench.micro;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import io.bodybroker.gateway.routing.PathTemplate;
import io.bodybroker.gateway.routing.RequestPath;
import io.bodybroker.gateway.routing.RouteMatch;
import io.bodybroker.gateway.routing.RouteTree;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The gateway's look-up of a path among the routes of all contracts, its parsing included. */
@State(Scope.Thread)
public class RoutingBenchmark {
  /** One that has a route with two variables, and one that has none. */
  @Param({"/v1/worlds/overworld/zones/harbour-district/weather", "/v1/no/such/path"})
  public String path = "";

  private final RouteTree<RpcMethod<?, ?>> routes = new RouteTree<>();

  /** Adds the routes. */
  @Setup
  public void prepare() {
    for (ServiceContract contract : ServiceContract.onClassPath()) {
      for (RpcMethod<?, ?> method : contract.methods()) {
        HttpRule rule = method.descriptor().getOptions().getExtension(AnnotationsProto.http);
        add(rule, method);
        rule.getAdditionalBindingsList().forEach(more -> add(more, method));
      }
    }
  }

  private void add(HttpRule rule, RpcMethod<?, ?> method) {
    switch (rule.getPatternCase()) {
      case GET -> add("GET", rule.getGet(), method);
      case POST -> add("POST", rule.getPost(), method);
      case PUT -> add("PUT", rule.getPut(), method);
      case PATCH -> add("PATCH", rule.getPatch(), method);
      case DELETE -> add("DELETE", rule.getDelete(), method);
      case CUSTOM, PATTERN_NOT_SET -> {} // not reachable by HTTP
    }
  }

  private void add(String verb, String template, RpcMethod<?, ?> method) {
    routes.add(verb, PathTemplate.parse(template), method);
  }

  /** Looks up. */
  @Benchmark
  public RouteMatch<RpcMethod<?, ?>> match() {
    return routes.match("GET", RequestPath.parse(path));
  }
}
