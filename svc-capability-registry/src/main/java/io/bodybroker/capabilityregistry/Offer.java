package io.bodybroker.capabilityregistry;

import io.bodybroker.capabilityregistry.v1.Capability;
import io.bodybroker.capabilityregistry.v1.CapabilityOffer;
import io.bodybroker.capabilityregistry.v1.QueryCapabilitiesRequest;
import io.bodybroker.capabilityregistry.v1.Registration;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Pattern;

/** One capability of one registration. */
record Offer(Registration registration, Capability capability) {
  /**
   * Where an offer stands among all: the fastest first, then the cheapest, then by name. It stays
   * the same between two pages, whoever comes and goes.
   */
  record Place(Duration latency, double cost, String registrationId, String capabilityId)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::latency)
            .thenComparingDouble(Place::cost)
            .thenComparing(Place::registrationId)
            .thenComparing(Place::capabilityId);
    private static final Pattern TOKEN =
        Pattern.compile("(\\d{1,10})\\.(\\d{9}) (\\S{1,24}) ([0-9a-f]{32}) (\\S{1,64})");

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    /** The token of the page behind it. */
    String token() {
      var text =
          "%d.%09d %s %s %s"
              .formatted(
                  latency.getSeconds(),
                  latency.getNano(),
                  Double.toString(cost),
                  registrationId,
                  capabilityId);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place that a token names.
     *
     * @throws ServiceException {@code INVALID_ARGUMENT} if it was not answered as one
     */
    static Place of(String token) {
      try {
        var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        var parts = TOKEN.matcher(text);
        if (parts.matches()) {
          return new Place(
              Duration.ofSeconds(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))),
              Double.parseDouble(parts.group(3)),
              parts.group(4),
              parts.group(5));
        }
      } catch (IllegalArgumentException e) { // neither Base64 nor a number
        throw refused(token);
      }
      throw refused(token);
    }

    private static ServiceException refused(String token) {
      return ServiceException.invalidArgument(
          "page_token", token, "the next_page_token of the page before");
    }
  }

  Place place() {
    return new Place(
        latency(),
        capability.getCostMultiplier(),
        registration.getRegistrationId(),
        capability.getCapabilityId());
  }

  private Duration latency() {
    return ProtoTimes.duration(capability.getAverageLatency());
  }

  /** Whether it is what is asked for. */
  boolean fits(QueryCapabilitiesRequest request) {
    return (request.getTypeValue() == 0 || request.getTypeValue() == capability.getTypeValue())
        && (request.getModel().isEmpty()
            || capability.getSupportedModelsList().contains(request.getModel()))
        && (!request.hasMaxCost() || capability.getCostMultiplier() <= request.getMaxCost())
        && (!request.hasMaxLatency()
            || latency().compareTo(Checks.latency("max_latency", request.getMaxLatency())) <= 0)
        && capability
            .getParametersMap()
            .entrySet()
            .containsAll(request.getParametersMap().entrySet())
        && (request.getIncludeOffline() || registration.getOnline());
  }

  CapabilityOffer toWire() {
    return CapabilityOffer.newBuilder()
        .setRegistrationId(registration.getRegistrationId())
        .setServiceId(registration.getServiceId())
        .setEndpoint(registration.getEndpoint())
        .setCapability(capability)
        .setOnline(registration.getOnline())
        .setLastHeartbeatAt(registration.getLastHeartbeatAt())
        .build();
  }
}
