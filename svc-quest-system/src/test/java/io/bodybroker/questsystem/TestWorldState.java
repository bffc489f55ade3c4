package io.bodybroker.questsystem;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.bodybroker.worldstate.v1.GetFlagsResponse;
import io.bodybroker.worldstate.v1.WorldStateService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** As much of world-state as quest-system calls: every world has the same flags. */
final class TestWorldState implements InvocationHandler {
  private volatile Map<String, Value> flags = Map.of();

  /** What is so in all worlds from now on. */
  void flags(Map<String, Value> values) {
    flags = values;
  }

  WorldStateService service() {
    return (WorldStateService)
        Proxy.newProxyInstance(
            WorldStateService.class.getClassLoader(),
            new Class<?>[] {WorldStateService.class},
            this);
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, args);
    }
    if (method.getName().equals("getFlags")) {
      var answer = Struct.newBuilder().putAllFields(flags);
      return GetFlagsResponse.newBuilder().setFlags(answer).build();
    }
    throw new AssertionError("quest-system does not call " + method);
  }
}
