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
 * A service that writes documents to a store with a change feed, one after the other, until
 * somebody kills it. Its first word is the seed of what it writes.
 */
public final class RevisingProgram {
  /** What it says when it begins to write. */
  static final String WRITING = "writing";

  /** The bucket of the documents. */
  static final String STORE = "pages";

  /** A service takes its settings from the environment. */
  private static final String[] NONE = {};

  private static final int KEYS = 64;
  private static final int ONE_DELETION_OF = 10;
  private static final Duration PAUSE = Duration.ofMillis(2);

  private static final FeedSpec<Page> FEED =
      new FeedSpec<>(
          List.of(PageChanged.getDefaultInstance()),
          change -> Optional.of(changed(change)));

  private final Store<Page> pages;
  private final RandomGenerator random;
  private long number;

  private RevisingProgram(Store<Page> pages, RandomGenerator random) {
    this.pages = pages;
    this.random = random;
  }

  /** Runs it until it is told to end. */
  public static void main(String[] args) {
    var random = new Random(Long.parseLong(args[0]));
    ServiceHost.run(context -> configure(context, random), NONE);
  }

  private static void configure(ServiceContext context, RandomGenerator random) {
    Store<Page> pages = context.durableStore(STORE, Page.getDefaultInstance(), FEED);
    context.repeat("write", PAUSE, new RevisingProgram(pages, random)::write);
  }

  private void write() {
    if (number == 0) {
      System.out.println(WRITING);
    }
    number++;
    String key = "page-" + random.nextInt(KEYS);
    if (random.nextInt(ONE_DELETION_OF) == 0) {
      pages.delete(key);
    } else {
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
