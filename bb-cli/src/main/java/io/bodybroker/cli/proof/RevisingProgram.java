package io.bodybroker.cli.proof;

import io.bodybroker.proof.v1.Page;
import io.bodybroker.proof.v1.PageChanged;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceHost;
import io.bodybroker.sdk.store.Change;
import io.bodybroker.sdk.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A service that writes documents to a store with a change feed, some after each other and then
 * some more, until somebody kills it. Its words: the {@link Kind} of store, the number of this run,
 * and whether it writes or only feeds.
 */
public final class RevisingProgram {
  /** What it says when it is ready and begins. */
  static final String BEGUN = "begun";

  /** The name of the store. */
  static final String STORE = "pages";

  /** What its events are published on. */
  static final String SUBJECT = "evt.proof.page-changed.v1";

  /** A run numbers what it puts from its own number times this. */
  static final long MOST_OF_A_RUN = 1_000_000;

  /** A service takes its settings from the environment. */
  private static final String[] NONE = {};

  private static final int KEYS = 512;
  private static final int AT_ONCE = 8;
  private static final int ONE_DELETION_OF = 10;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private static final FeedSpec<Page> FEED =
      new FeedSpec<>(
          List.of(PageChanged.getDefaultInstance()), change -> Optional.of(changed(change)));

  /** Where documents are. */
  enum Kind {
    /** JetStream, whose revisions are fed. */
    DURABLE,
    /** Redis, whose outbox is. */
    FAST
  }

  private final Store<Page> pages;
  private final RandomGenerator random;
  private final boolean writes;
  private boolean hasBegun;
  private long number;

  private RevisingProgram(Store<Page> pages, long run, boolean writes) {
    this.pages = pages;
    this.random = new Random(run);
    this.writes = writes;
    this.number = run * MOST_OF_A_RUN;
  }

  /** Runs it until it is told to end. */
  public static void main(String[] args) {
    var kind = Kind.valueOf(args[0]);
    long run = Long.parseLong(args[1]);
    boolean writes = Boolean.parseBoolean(args[2]);
    ServiceHost.run(context -> configure(context, kind, run, writes), NONE);
  }

  private static void configure(ServiceContext context, Kind kind, long run, boolean writes) {
    Store<Page> pages =
        switch (kind) {
          case DURABLE -> context.durableStore(STORE, Page.getDefaultInstance(), FEED);
          case FAST -> context.fastStore(STORE, Page.getDefaultInstance(), TIME_TO_LIVE, FEED);
        };
    context.repeat("write", PAUSE, new RevisingProgram(pages, run, writes)::step);
  }

  private void step() {
    if (!hasBegun) {
      hasBegun = true;
      System.out.println(BEGUN);
    }
    for (int i = 0; writes && i < AT_ONCE; i++) {
      write();
    }
  }

  private void write() {
    String key = "page-" + random.nextInt(KEYS);
    if (random.nextInt(ONE_DELETION_OF) == 0) {
      pages.delete(key);
    } else {
      number++;
      pages.put(key, Page.newBuilder().setNumber(number).build());
    }
  }

  private static PageChanged changed(Change<Page> change) {
    var event = PageChanged.newBuilder().setKey(change.key()).setRevision(change.version());
    return switch (change) {
      case Change.Put<Page> put -> event.setNumber(put.value().getNumber()).build();
      case Change.Deleted<Page> deleted -> event.setDeleted(true).build();
    };
  }
}
