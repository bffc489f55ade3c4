package io.bodybroker.capabilityregistry;

import com.google.protobuf.Message;
import io.bodybroker.capabilityregistry.state.v1.StoredRegistration;
import io.bodybroker.capabilityregistry.v1.CapabilityRegistered;
import io.bodybroker.capabilityregistry.v1.CapabilityRemoved;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.ArrayList;
import java.util.List;

/** Which events a revision of a registration is; a heartbeat is none. */
final class LeaseEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredRegistration> FEED =
      FeedSpec.ofSeveral(
          List.of(
              CapabilityRegistered.getDefaultInstance(), CapabilityRemoved.getDefaultInstance()),
          LeaseEvents::of);

  private LeaseEvents() {}

  private static List<Message> of(Change<StoredRegistration> change) {
    return switch (change) {
      case Change.Put<StoredRegistration> put -> events(put.value());
      case Change.Deleted<StoredRegistration> deleted -> List.of();
    };
  }

  private static List<Message> events(StoredRegistration stored) {
    var registration = stored.getRegistration();
    var events = new ArrayList<Message>();
    if (stored.hasToldRemoval()) {
      events.add(
          CapabilityRemoved.newBuilder()
              .setRegistrationId(registration.getRegistrationId())
              .setServiceId(registration.getServiceId())
              .setEndpoint(registration.getEndpoint())
              .setReason(stored.getToldRemoval().getReason())
              .setRemovedAt(stored.getToldRemoval().getRemovedAt())
              .build());
    }
    if (stored.getToldRegistration()) {
      events.add(
          CapabilityRegistered.newBuilder()
              .setRegistration(registration.toBuilder().setOnline(true))
              .build());
    }
    return events;
  }
}
