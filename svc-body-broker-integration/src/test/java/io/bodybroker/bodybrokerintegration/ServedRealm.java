package io.bodybroker.bodybrokerintegration;

import com.google.protobuf.Message;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.RpcService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Serves the realm as one of the services it stands for, over NATS. */
final class ServedRealm implements InvocationHandler {
  private final Realm realm;

  private ServedRealm(Realm realm) {
    this.realm = realm;
  }

  static <S extends RpcService> S as(Class<S> service, Realm realm) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(), new Class<?>[] {service}, new ServedRealm(realm)));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, args);
    }
    if (args != null && args[0] instanceof Message request && args[1] instanceof CallContext call) {
      var name = method.getName();
      return realm.answer(
          Character.toUpperCase(name.charAt(0)) + name.substring(1),
          request,
          call.metadata().idempotencyKey());
    }
    throw new AssertionError("nobody calls " + method);
  }
}
