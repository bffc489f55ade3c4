package io.bodybroker.capabilityregistry;

import com.google.protobuf.Timestamp;
import io.bodybroker.capabilityregistry.engine.EngineCatalogue;
import io.bodybroker.capabilityregistry.v1.CapabilityOffer;
import io.bodybroker.capabilityregistry.v1.CapabilityRegistryService;
import io.bodybroker.capabilityregistry.v1.CapabilityType;
import io.bodybroker.capabilityregistry.v1.DeregisterRequest;
import io.bodybroker.capabilityregistry.v1.DeregisterResponse;
import io.bodybroker.capabilityregistry.v1.EngineFeature;
import io.bodybroker.capabilityregistry.v1.FeatureCategory;
import io.bodybroker.capabilityregistry.v1.GetFeatureRequest;
import io.bodybroker.capabilityregistry.v1.GetFeatureResponse;
import io.bodybroker.capabilityregistry.v1.GetRegistrationRequest;
import io.bodybroker.capabilityregistry.v1.GetRegistrationResponse;
import io.bodybroker.capabilityregistry.v1.HeartbeatRequest;
import io.bodybroker.capabilityregistry.v1.HeartbeatResponse;
import io.bodybroker.capabilityregistry.v1.ListEngineVersionsRequest;
import io.bodybroker.capabilityregistry.v1.ListEngineVersionsResponse;
import io.bodybroker.capabilityregistry.v1.ListFeaturesRequest;
import io.bodybroker.capabilityregistry.v1.ListFeaturesResponse;
import io.bodybroker.capabilityregistry.v1.QueryCapabilitiesRequest;
import io.bodybroker.capabilityregistry.v1.QueryCapabilitiesResponse;
import io.bodybroker.capabilityregistry.v1.RegisterRequest;
import io.bodybroker.capabilityregistry.v1.RegisterResponse;
import io.bodybroker.capabilityregistry.v1.SuggestFeaturesRequest;
import io.bodybroker.capabilityregistry.v1.SuggestFeaturesResponse;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers who can do what, and what the engine can do. */
public final class CapabilityRegistry implements CapabilityRegistryService {
  private static final int USUAL_PAGE = 50;

  /** Of the offers of a page: far below what a message may have. */
  private static final int MOST_BYTES = 512 * 1024;

  private final Leases leases;
  private final EngineCatalogue engine;
  private final InstantSource time;

  CapabilityRegistry(Leases leases, EngineCatalogue engine, InstantSource time) {
    this.leases = leases;
    this.engine = engine;
    this.time = time;
  }

  @Override
  public RegisterResponse register(RegisterRequest request, CallContext call) {
    var registered = leases.register(Checks.registration(request));
    return RegisterResponse.newBuilder()
        .setRegistrationId(registered.getRegistrationId())
        .setExpiresAt(registered.getExpiresAt())
        .setNextHeartbeatAt(nextHeartbeat())
        .build();
  }

  @Override
  public HeartbeatResponse heartbeat(HeartbeatRequest request, CallContext call) {
    var renewed = leases.heartbeat(request.getRegistrationId(), request.getMetricsList());
    return HeartbeatResponse.newBuilder()
        .setExpiresAt(renewed.getExpiresAt())
        .setNextHeartbeatAt(nextHeartbeat())
        .build();
  }

  private Timestamp nextHeartbeat() {
    return ProtoTimes.timestamp(time.instant().plus(Lease.HEARTBEAT));
  }

  @Override
  public DeregisterResponse deregister(DeregisterRequest request, CallContext call) {
    leases.deregister(request.getRegistrationId());
    return DeregisterResponse.getDefaultInstance();
  }

  @Override
  public GetRegistrationResponse getRegistration(GetRegistrationRequest request, CallContext call) {
    return GetRegistrationResponse.newBuilder()
        .setRegistration(leases.get(request.getRegistrationId()).registration())
        .build();
  }

  @Override
  public QueryCapabilitiesResponse queryCapabilities(
      QueryCapabilitiesRequest request, CallContext call) {
    check(request);
    var after =
        request.getPageToken().isEmpty()
            ? Optional.<Offer.Place>empty()
            : Optional.of(Offer.Place.of(request.getPageToken()));
    List<Offer> found =
        leases.all().stream()
            .map(Lease::registration)
            .flatMap(one -> one.getCapabilitiesList().stream().map(can -> new Offer(one, can)))
            .filter(offer -> offer.fits(request))
            .filter(offer -> after.isEmpty() || offer.place().compareTo(after.get()) > 0)
            .sorted(Comparator.comparing(Offer::place))
            .toList();
    int size = request.hasPageSize() ? request.getPageSize() : USUAL_PAGE;
    var page = page(found, size);
    var answer = QueryCapabilitiesResponse.newBuilder().addAllOffers(page);
    if (page.size() < found.size()) {
      answer.setNextPageToken(found.get(page.size() - 1).place().token());
    }
    return answer.build();
  }

  /** As many as are asked for and fit into an answer, at least one if there is one. */
  private static List<CapabilityOffer> page(List<Offer> found, int size) {
    var page = new ArrayList<CapabilityOffer>();
    int bytes = 0;
    for (Offer offer : found) {
      var next = offer.toWire();
      bytes += next.getSerializedSize();
      if (page.size() == size || (bytes > MOST_BYTES && !page.isEmpty())) {
        break;
      }
      page.add(next);
    }
    return page;
  }

  /** Also when there is nothing to compare with. */
  private static void check(QueryCapabilitiesRequest request) {
    if (request.getType() == CapabilityType.UNRECOGNIZED) {
      throw ServiceException.invalidArgument(
          "type", request.getTypeValue(), "a CapabilityType, or none");
    }
    if (request.hasMaxLatency()) {
      Checks.latency("max_latency", request.getMaxLatency());
    }
  }

  @Override
  public ListEngineVersionsResponse listEngineVersions(
      ListEngineVersionsRequest request, CallContext call) {
    return ListEngineVersionsResponse.newBuilder().addAllVersions(engine.versions()).build();
  }

  @Override
  public ListFeaturesResponse listFeatures(ListFeaturesRequest request, CallContext call) {
    if (request.getCategory() == FeatureCategory.UNRECOGNIZED) {
      throw ServiceException.invalidArgument(
          "category", request.getCategoryValue(), "a FeatureCategory, or none");
    }
    var version = engine.version(request.getVersion());
    List<EngineFeature> found =
        engine.features(version, request.getIncludeDeprecated()).stream()
            .filter(one ->
                request.getCategoryValue() == 0
                    || one.getCategoryValue() == request.getCategoryValue())
            .filter(one -> one.getFeatureId().compareTo(request.getPageToken()) > 0)
            .toList();
    int size = request.hasPageSize() ? request.getPageSize() : USUAL_PAGE;
    var page = found.subList(0, Math.min(size, found.size()));
    var answer = ListFeaturesResponse.newBuilder().setVersion(version).addAllFeatures(page);
    if (page.size() < found.size()) {
      answer.setNextPageToken(page.getLast().getFeatureId());
    }
    return answer.build();
  }

  @Override
  public GetFeatureResponse getFeature(GetFeatureRequest request, CallContext call) {
    return GetFeatureResponse.newBuilder()
        .setFeature(engine.feature(request.getFeatureId()))
        .build();
  }

  @Override
  public SuggestFeaturesResponse suggestFeatures(SuggestFeaturesRequest request, CallContext call) {
    return SuggestFeaturesResponse.newBuilder()
        .addAllSuggestions(
            engine.suggestions(engine.version(request.getVersion()), request.getScene()))
        .build();
  }
}
