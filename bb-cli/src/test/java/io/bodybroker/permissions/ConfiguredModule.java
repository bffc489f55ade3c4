package io.bodybroker.permissions;

import com.google.protobuf.Message;
import io.bodybroker.sdk.event.ConsumerSpec;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.journal.MemoryJournals;
import io.bodybroker.sdk.metrics.Metrics;
import io.bodybroker.sdk.rpc.RpcService;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.store.MemoryStores;
import io.bodybroker.sdk.v1.Consumption;
import io.bodybroker.sdk.v1.DurableStore;
import io.bodybroker.sdk.v1.Journal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a module asks of its host when it is configured. */
final class ConfiguredModule implements InvocationHandler {
  private final Set<DurableStore> stores = new HashSet<>();
  private final Set<Journal> journals = new HashSet<>();
  private final Set<Consumption> consumptions = new HashSet<>();
  private final Set<String> topics = new HashSet<>();
  private final Set<ServiceContract> served = new HashSet<>();

  private ConfiguredModule() {}

  static ConfiguredModule of(ServiceModule module) {
    var recorded = new ConfiguredModule();
    module.configure(recorded.proxy(ServiceContext.class));
    return recorded;
  }

  private <T> T proxy(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
  }

  Set<DurableStore> stores() {
    return Set.copyOf(stores);
  }

  Set<Journal> journals() {
    return Set.copyOf(journals);
  }

  Set<String> topics() {
    return Set.copyOf(topics);
  }

  Set<Consumption> consumptions() {
    return Set.copyOf(consumptions);
  }

  ServiceContract contract() {
    return served.iterator().next();
  }

  @Override
  @SuppressWarnings("NullAway") // what returns nothing returns null
  public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "serve" -> {
        served.add(((RpcService) arguments[0]).binding().contract());
        yield null;
      }
      case "durableStore" -> {
        boolean feed = arguments.length == 3 && arguments[2] instanceof FeedSpec;
        stores.add(DurableStore.newBuilder().setName((String) arguments[0]).setFeed(feed).build());
        yield MemoryStores.open((Message) arguments[1]);
      }
      case "journal" -> {
        boolean feed = arguments.length == 3;
        journals.add(Journal.newBuilder().setName((String) arguments[0]).setFeed(feed).build());
        yield MemoryJournals.open((Message) arguments[1]);
      }
      case "fastStore" -> MemoryStores.open((Message) arguments[1]);
      case "consume" -> {
        var spec = (ConsumerSpec<?>) arguments[0];
        consumptions.add(
            Consumption.newBuilder()
                .setEvent(spec.event().getDescriptorForType().getFullName())
                .setConsumer(spec.name())
                .build());
        yield null;
      }
      case "topics" -> {
        topics.add(((Message) arguments[0]).getDescriptorForType().getFullName());
        yield proxy(method.getReturnType());
      }
      case "metrics" -> new Metrics();
      case "clock" -> InstantSource.system();
      case "runId" -> "run";
      case "hashCode" -> System.identityHashCode(proxy);
      case "repeat" -> null;
      default -> proxy(method.getReturnType());
    };
  }
}
