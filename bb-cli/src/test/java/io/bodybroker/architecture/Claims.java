package io.bodybroker.architecture;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.bodybroker.gateway.transcoding.HttpBinding;
import io.bodybroker.gateway.transcoding.HttpBindings;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that contracts claim for themselves alone. One that two claim is two services answering
 * the same calls, each half of them.
 */
final class Claims {
  private final Map<String, String> claimants = new TreeMap<>();
  private final List<String> conflicts = new ArrayList<>();

  private Claims() {}

  /** What two contracts claim, naming both; empty if all is well. */
  static List<String> conflicts(List<ServiceContract> contracts) {
    var claims = new Claims();
    contracts.forEach(claims::addService);
    claims.addEvents(contracts);
    claims.addRoutes(contracts);
    return claims.conflicts;
  }

  private void claim(String what, String claimant) {
    String other = claimants.putIfAbsent(what, claimant);
    if (other != null && !other.equals(claimant)) {
      conflicts.add("%s is claimed by %s and by %s".formatted(what, other, claimant));
    }
  }

  /** Versions of one service share its name and its queue group. */
  private void addService(ServiceContract contract) {
    ServiceDescriptor service = contract.descriptor();
    String family = family(service);
    claim("service name " + contract.name(), family);
    claim("queue group " + contract.queueGroup(), family);
    for (RpcMethod<?, ?> method : contract.methods()) {
      claim("subject " + method.subject(), method.fullName());
      claim(
          "metric label " + method.fullName(),
          service.getFile().getOptions().getJavaPackage() + " of " + service.getFile().getName());
    }
  }

  private static String family(ServiceDescriptor service) {
    return service.getFullName().replaceFirst("\\.v[0-9]+\\.", ".");
  }

  private void addEvents(List<ServiceContract> contracts) {
    var seen = new HashSet<FileDescriptor>();
    contracts.forEach(contract -> collect(contract.descriptor().getFile(), seen));
    seen.stream()
        .flatMap(file -> file.getMessageTypes().stream())
        .filter(message -> message.getOptions().hasExtension(ContractProto.event))
        .sorted(Comparator.comparing(Descriptor::getFullName))
        .forEach(message -> claim("event subject " + subject(message), message.getFullName()));
  }

  private static String subject(Descriptor message) {
    return message.getOptions().getExtension(ContractProto.event).getSubject();
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> seen) {
    if (seen.add(file)) {
      file.getDependencies().forEach(dependency -> collect(dependency, seen));
    }
  }

  private void addRoutes(List<ServiceContract> contracts) {
    List<HttpBinding> routes = HttpBindings.of(contracts);
    for (int i = 0; i < routes.size(); i++) {
      for (HttpBinding other : routes.subList(i + 1, routes.size())) {
        compare(routes.get(i), other);
      }
    }
  }

  /**
   * A service may have a special route beside a general one. Two services may not: one would take
   * requests away from the other.
   */
  private void compare(HttpBinding one, HttpBinding other) {
    boolean isClash =
        family(one.method().descriptor().getService())
                .equals(family(other.method().descriptor().getService()))
            ? RouteOverlap.isAmbiguous(one.path(), other.path())
            : RouteOverlap.exists(one.path(), other.path());
    if (isSameVerb(one, other) && isClash) {
      conflicts.add(
          "route %s %s is claimed by %s and, as %s, by %s"
              .formatted(one.verb(), one.path(), one.method(), other.path(), other.method()));
    }
  }

  private static boolean isSameVerb(HttpBinding one, HttpBinding other) {
    return one.verb().equals(other.verb()) || one.verb().equals("*") || other.verb().equals("*");
  }
}
