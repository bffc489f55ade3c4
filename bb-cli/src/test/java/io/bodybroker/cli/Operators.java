package io.bodybroker.cli;

import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.GrantRoleRequest;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.sdk.rpc.CallOptions;
import io.bodybroker.sdk.rpc.RpcCaller;
import java.time.Duration;

/** Those who run the game, for tests that do what only they may. */
public final class Operators {
  private static final String NAME = "operator";
  private static final CallOptions PATIENT = CallOptions.timeout(Duration.ofSeconds(20));

  private Operators() {}

  /** The token of a session of one. */
  public static String token(RpcCaller caller) {
    var auth = AuthClient.on(caller).withOptions(PATIENT);
    auth.grantRole(GrantRoleRequest.newBuilder().setPlayerId(NAME).setRole(Role.OPERATOR).build());
    return auth.createSession(CreateSessionRequest.newBuilder().setPlayerId(NAME).build())
        .getToken();
  }
}
