package io.bodybroker.gateway;

import io.bodybroker.gateway.test.v1.ChangeKeyRequest;
import io.bodybroker.gateway.test.v1.Holder;
import io.bodybroker.gateway.test.v1.LookRequest;
import io.bodybroker.gateway.test.v1.LookResponse;
import io.bodybroker.gateway.test.v1.OpenBoxRequest;
import io.bodybroker.gateway.test.v1.Rank;
import io.bodybroker.gateway.test.v1.VaultService;
import io.bodybroker.gateway.test.v1.WhoHasRequest;
import io.bodybroker.gateway.test.v1.WhoHasResponse;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.ResponseWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows whose a key is: {@code key-ada} is Ada's, and she may be a guard. */
final class TestVault implements VaultService {
  /** The holders of keys. */
  final Map<String, String> keys = new ConcurrentHashMap<>(Map.of("key-ada", "ada"));

  final Map<String, Rank> ranks = new ConcurrentHashMap<>();

  /** How often it was asked whose a key is. */
  final AtomicInteger asked = new AtomicInteger();

  @Override
  public WhoHasResponse whoHas(WhoHasRequest request, CallContext call) {
    asked.incrementAndGet();
    var answer = WhoHasResponse.newBuilder();
    String name = keys.get(request.getKey());
    if (name != null) {
      answer.setHolder(Holder.newBuilder().setName(name));
      answer.addRanks(ranks.getOrDefault(name, Rank.VISITOR));
    }
    return answer.build();
  }

  @Override
  public LookResponse look(LookRequest request, CallContext call) {
    return seen(call);
  }

  @Override
  public LookResponse changeKey(ChangeKeyRequest request, CallContext call) {
    return seen(call);
  }

  @Override
  public LookResponse enter(LookRequest request, CallContext call) {
    return seen(call);
  }

  @Override
  public LookResponse openBox(OpenBoxRequest request, CallContext call) {
    return seen(call);
  }

  @Override
  public LookResponse patrol(LookRequest request, CallContext call) {
    return seen(call);
  }

  @Override
  public void watchBox(
      OpenBoxRequest request, CallContext call, ResponseWriter<LookResponse> changes)
      throws InterruptedException {
    changes.send(seen(call));
    new CountDownLatch(1).await();
  }

  private static LookResponse seen(CallContext call) {
    return LookResponse.newBuilder().setUser(call.metadata().user().orElse("nobody")).build();
  }
}
