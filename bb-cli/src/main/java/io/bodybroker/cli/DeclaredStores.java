package io.bodybroker.cli;

import io.bodybroker.cli.permissions.Grants;
import io.bodybroker.sdk.Bus;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.connection.ConnectionRole;
import io.bodybroker.sdk.journal.Journals;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.store.DurableStores;
import io.bodybroker.sdk.store.RevisionLog;
import io.bodybroker.sdk.stream.StreamSpec;
import io.bodybroker.sdk.v1.DurableStore;
import io.bodybroker.sdk.v1.FeedPosition;
import io.bodybroker.sdk.v1.Journal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The buckets of the stores that contracts say their services keep. A service makes its own on
 * first use, where it may; where permissions are narrow, an operator has to.
 */
final class DeclaredStores {
  private static final String FEEDS = "feeds";

  private DeclaredStores() {}

  /** Names, and how many revisions of each document are kept. */
  static SortedMap<String, Integer> of(List<ServiceContract> contracts) {
    var histories = new TreeMap<String, Integer>();
    for (ServiceContract contract : contracts) {
      for (DurableStore store : Grants.needs(contract).getStoresList()) {
        histories.put(store.getName(), store.getFeed() ? RevisionLog.HISTORY : 1);
        if (store.getFeed()) {
          histories.putIfAbsent(FEEDS, 1);
        }
      }
      if (Grants.needs(contract).getJournalsList().stream().anyMatch(Journal::getFeed)) {
        histories.putIfAbsent(FEEDS, 1);
      }
    }
    return histories;
  }

  /** The streams of the journals that contracts say their services keep. */
  static List<StreamSpec> journals(List<ServiceContract> contracts) {
    return contracts.stream()
        .flatMap(contract -> Grants.needs(contract).getJournalsList().stream())
        .map(journal -> Journals.stream(journal.getName()))
        .toList();
  }

  /** Makes those that there are not. */
  static void make(Bus bus, BusConfig config) {
    var connection = bus.connections().connection(ConnectionRole.STORE);
    try (var stores =
        new DurableStores(connection::require, config.storeReplicas(), config.storeTimeout())) {
      of(ServiceContract.onClassPath())
          .forEach((name, history) -> {
            // A bucket is made when it is first asked for something.
            var unused = stores.open(name, FeedPosition.getDefaultInstance(), history).list("");
          });
    }
  }
}
