package io.bodybroker.capabilityregistry;

import io.bodybroker.capabilityregistry.v1.Capability;
import io.bodybroker.capabilityregistry.v1.CapabilityMetrics;
import io.bodybroker.capabilityregistry.v1.RegisterRequest;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a service may say of itself, beyond what the contract's field rules can say. */
final class Checks {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 256;
  private static final int LONGEST_MODEL = 128;
  private static final int MOST_BYTES = 64 * 1024;
  private static final int ID_BYTES = 16;

  private Checks() {}

  /**
   * The registration that is asked for, with its capabilities in order.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming what is wrong, and what would be right
   */
  static Registration registration(RegisterRequest request) {
    var seen = new HashSet<String>();
    for (int i = 0; i < request.getCapabilitiesCount(); i++) {
      check(request.getCapabilities(i), "capabilities[" + i + "]", seen);
    }
    checkTexts("metadata", request.getMetadataMap());
    int bytes = request.getSerializedSize();
    if (bytes > MOST_BYTES) {
      throw ServiceException.invalidArgument(
          "capabilities",
          bytes + " bytes with all there is to know",
          "at most " + MOST_BYTES + " bytes");
    }
    return Registration.newBuilder()
        .setRegistrationId(id(request.getServiceId(), request.getEndpoint()))
        .setServiceId(request.getServiceId())
        .setEndpoint(request.getEndpoint())
        .addAllCapabilities(
            request.getCapabilitiesList().stream()
                .map(Checks::complete)
                .sorted(Comparator.comparing(Capability::getCapabilityId))
                .toList())
        .putAllMetadata(request.getMetadataMap())
        .build();
  }

  private static Capability complete(Capability capability) {
    return capability.hasCostMultiplier()
        ? capability
        : capability.toBuilder().setCostMultiplier(1).build();
  }

  private static void check(Capability capability, String path, Set<String> seen) {
    if (!seen.add(capability.getCapabilityId())) {
      throw ServiceException.invalidArgument(
          path + ".capability_id", capability.getCapabilityId(), "each capability_id once");
    }
    for (int i = 0; i < capability.getSupportedModelsCount(); i++) {
      String model = capability.getSupportedModels(i);
      if (model.isEmpty() || model.length() > LONGEST_MODEL) {
        throw ServiceException.invalidArgument(
            path + ".supported_models[" + i + "]", model, "1 to " + LONGEST_MODEL + " characters");
      }
    }
    checkTexts(path + ".parameters", capability.getParametersMap());
    latency(path + ".average_latency", capability.getAverageLatency());
  }

  private static void checkTexts(String path, Map<String, String> texts) {
    texts.forEach((name, value) -> {
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        throw ServiceException.invalidArgument(
            path, name, "names of 1 to " + LONGEST_NAME + " characters");
      }
      if (value.length() > LONGEST_VALUE) {
        throw ServiceException.invalidArgument(
            path + "[" + name + "]",
            value.length() + " characters",
            "at most " + LONGEST_VALUE + " characters");
      }
    });
  }

  /**
   * A latency.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if it is below zero or more than an hour
   */
  static Duration latency(String path, com.google.protobuf.Duration given) {
    return ProtoTimes.within(path, given, Duration.ZERO, LONGEST);
  }

  /**
   * Refuses figures of what is not registered.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT}
   */
  static void requireKnown(Registration registration, List<CapabilityMetrics> metrics) {
    var known =
        registration.getCapabilitiesList().stream().map(Capability::getCapabilityId).toList();
    for (int i = 0; i < metrics.size(); i++) {
      var path = "metrics[" + i + "]";
      if (!known.contains(metrics.get(i).getCapabilityId())) {
        throw ServiceException.invalidArgument(
            path + ".capability_id", metrics.get(i).getCapabilityId(), "one of " + known);
      }
      latency(path + ".average_latency", metrics.get(i).getAverageLatency());
    }
  }

  /** The name of a registration: the same for the same instance of a service. */
  static String id(String serviceId, String endpoint) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((serviceId + "\n" + endpoint).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
