package io.bodybroker.cli.permissions;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.bodybroker.sdk.journal.Journals;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.v1.Consumption;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.DurableStore;
import io.bodybroker.sdk.v1.Journal;
import io.bodybroker.sdk.v1.Needs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each service, the gateway and the operator may do, as follows from the contracts: a service
 * serves its own methods and answers who calls it, and beyond that may do what its {@code needs}
 * say.
 *
 * <p>Immutable and thread-safe.
 */
public final class Grants {
  /** What the gateway is called on the bus. */
  public static final String GATEWAY = "gateway";

  /** What {@code bb} is called on the bus. */
  public static final String OPERATOR = "bb";

  private static final List<String> DISCOVERY = List.of("PING", "INFO", "STATS");

  private final List<ServiceContract> contracts;
  private final StreamCatalog streams;
  private final Map<String, RpcMethod<?, ?>> methods = new LinkedHashMap<>();
  private final Map<String, Descriptor> messages = new LinkedHashMap<>();

  /**
   * Those of these contracts.
   *
   * @param streams where events are kept
   */
  public Grants(List<ServiceContract> contracts, StreamCatalog streams) {
    this.contracts = List.copyOf(contracts);
    this.streams = streams;
    for (ServiceContract contract : contracts) {
      contract.methods().forEach(method -> methods.put(method.descriptor().getFullName(), method));
      collect(contract.descriptor().getFile());
    }
  }

  private void collect(FileDescriptor file) {
    file.getMessageTypes().forEach(message -> messages.put(message.getFullName(), message));
    file.getDependencies().forEach(this::collect);
  }

  /**
   * One for each service, then the gateway's and the operator's.
   *
   * @throws IllegalArgumentException if a contract needs a method or an event that there is not
   */
  public List<Grant> all() {
    var grants = new ArrayList<Grant>();
    contracts.forEach(contract -> grants.add(service(contract)));
    grants.add(gateway());
    grants.add(operator());
    return List.copyOf(grants);
  }

  /** What a contract says that its service needs. */
  public static Needs needs(ServiceContract contract) {
    return contract.descriptor().getOptions().getExtension(ContractProto.needs);
  }

  private Grant service(ServiceContract contract) {
    Needs needs = needs(contract);
    String name = contract.name();
    var grant = new Grant.Builder(name);
    serve(grant, contract);
    needs.getCallsList().forEach(call -> call(grant, method(contract, call)));
    boolean feeds =
        needs.getStoresList().stream().anyMatch(DurableStore::getFeed)
            || needs.getJournalsList().stream().anyMatch(Journal::getFeed);
    for (String event : needs.getPublishesList()) {
      String subject = subject(contract, event);
      String stream = streams.require(subject).name();
      grant.publish(hasTopics(event) ? subject + ".>" : subject, JetStreamSubjects.look(stream));
      if (feeds) {
        JetStreamSubjects.readLast(grant, stream);
      }
    }
    needs.getSendsList().forEach(grant::publish);
    for (Consumption consumption : needs.getConsumesList()) {
      var stream = streams.require(subject(contract, consumption.getEvent()));
      JetStreamSubjects.consume(grant, stream, consumption.getConsumer());
    }
    for (String event : needs.getTopicsList()) {
      JetStreamSubjects.topics(grant, streams.require(subject(contract, event)));
    }
    for (DurableStore store : needs.getStoresList()) {
      JetStreamSubjects.store(grant, store.getName());
      if (store.getFeed()) {
        JetStreamSubjects.feedPosition(grant, store.getName());
      }
    }
    for (Journal journal : needs.getJournalsList()) {
      JetStreamSubjects.journal(grant, journal.getName());
      if (journal.getFeed()) {
        JetStreamSubjects.feedPosition(grant, Journals.stream(journal.getName()).name());
      }
    }
    JetStreamSubjects.bury(grant, name);
    return grant.build();
  }

  private void serve(Grant.Builder grant, ServiceContract contract) {
    for (RpcMethod<?, ?> method : contract.methods()) {
      grant.subscribe(method.subject() + " " + contract.queueGroup());
    }
    for (String verb : DISCOVERY) {
      String named = "$SRV." + verb + "." + contract.name();
      grant.subscribe("$SRV." + verb, named, named + ".*");
    }
    grant.answer(callers(contract));
  }

  /** Who may call a service, and so is answered by it. */
  private Set<String> callers(ServiceContract called) {
    var callers = new TreeSet<>(List.of(GATEWAY, OPERATOR));
    String prefix = called.descriptor().getFullName() + ".";
    for (ServiceContract other : contracts) {
      if (needs(other).getCallsList().stream().anyMatch(call -> call.startsWith(prefix))) {
        callers.add(other.name());
      }
    }
    return callers;
  }

  /** The reader of a stream grants its writer more messages, at an address of the writer's. */
  private static void call(Grant.Builder grant, RpcMethod<?, ?> method) {
    grant.publish(method.subject());
    if (method.isServerStreaming()) {
      grant.answer(List.of(method.service()));
    }
  }

  /** Calls everything, since it has a route to everything, and looks who is there. */
  private Grant gateway() {
    var grant = new Grant.Builder(GATEWAY);
    methods.values().forEach(method -> call(grant, method));
    contracts.forEach(contract -> grant.publish("$SRV.PING." + contract.name()));
    return grant.build();
  }

  /** Calls everything, and has streams, stores and dead letters in its care. */
  private Grant operator() {
    var grant = new Grant.Builder(OPERATOR);
    methods.values().forEach(method -> call(grant, method));
    DISCOVERY.forEach(verb -> grant.publish("$SRV." + verb, "$SRV." + verb + ".>"));
    JetStreamSubjects.operate(grant);
    streams.streams().forEach(stream -> grant.publish(stream.redriveSubject("*", "*")));
    return grant.build();
  }

  private RpcMethod<?, ?> method(ServiceContract contract, String name) {
    RpcMethod<?, ?> method = methods.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          "%s needs to call \"%s\" (expected: the full name of a method of another contract)"
              .formatted(contract, name));
    }
    return method;
  }

  private boolean hasTopics(String name) {
    Descriptor message = messages.get(name);
    return message != null && message.getOptions().getExtension(ContractProto.event).getTopics();
  }

  private String subject(ServiceContract contract, String name) {
    Descriptor message = messages.get(name);
    String subject =
        message == null ? "" : message.getOptions().getExtension(ContractProto.event).getSubject();
    if (subject.isEmpty()) {
      throw new IllegalArgumentException(
          "%s needs the event \"%s\" (expected: the full name of a message that is an event)"
              .formatted(contract, name));
    }
    return subject;
  }
}
