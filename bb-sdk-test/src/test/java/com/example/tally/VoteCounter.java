package com.example.tally;

import com.example.tally.v1.StoredTally;
import com.example.tally.v1.TallyService;
import com.example.tally.v1.VoteRequest;
import com.example.tally.v1.VoteResponse;
import com.example.tally.v1.Voted;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Counts votes until the polls close. */
public final class VoteCounter implements TallyService {
  /** When the polls close. */
  public static final Instant CLOSE = Instant.parse("2100-01-01T18:00:00Z");

  /** Each vote is an event. */
  public static final FeedSpec<StoredTally> FEED =
      new FeedSpec<>(List.of(Voted.getDefaultInstance()), VoteCounter::event);

  private final Store<StoredTally> tallies;
  private final InstantSource clock;

  VoteCounter(Store<StoredTally> tallies, InstantSource clock) {
    this.tallies = tallies;
    this.clock = clock;
  }

  private static Optional<Voted> event(Change<StoredTally> change) {
    return change instanceof Change.Put<StoredTally> put
        ? Optional.of(
            Voted.newBuilder().setName(put.key()).setTotal(put.value().getTotal()).build())
        : Optional.empty();
  }

  @Override
  public VoteResponse vote(VoteRequest request, CallContext call) {
    if (!clock.instant().isBefore(CLOSE)) {
      throw ServiceException.of(ErrorCode.FAILED_PRECONDITION, "the polls are closed");
    }
    var now =
        tallies.update(
            request.getName(),
            before -> {
              long total = before.map(StoredTally::getTotal).orElse(0L) + request.getVotes();
              return StoredTally.newBuilder().setTotal(total).build();
            });
    return VoteResponse.newBuilder().setTotal(now.value().getTotal()).build();
  }
}
