package io.bodybroker.cli;

import io.bodybroker.auth.v1.AuthClient;
import io.bodybroker.auth.v1.CreateSessionRequest;
import io.bodybroker.auth.v1.GrantRoleRequest;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.sdk.config.BusConfig;
import io.bodybroker.sdk.rpc.RpcCaller;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Ways in, for those who are on the machine or in the network of the game: {@code bb ticket} signs
 * as the platform would, {@code bb session} asks auth for a session past the gateway.
 */
final class SessionCommands {
  private static final String ROLE = "--role";

  private SessionCommands() {}

  /** {@code bb ticket <player>}. */
  static void ticket(List<String> words) {
    String player = player(Arguments.parse(words, Set.of(), Set.of()), "bb ticket <player>");
    Path data = UpOptions.standardData();
    System.out.println(DevelopmentIssuer.existing(data).ticket(player));
  }

  /** {@code bb session <player> [--role operator|service]}. */
  static void session(List<String> words) throws InterruptedException {
    var arguments = Arguments.parse(words, Set.of(), Set.of(ROLE));
    String player = player(arguments, "bb session <player> [--role operator|service]");
    var role = arguments.text(ROLE).map(SessionCommands::role);
    try (var bus = Connecting.toBus(BusConfig.fromEnvironment())) {
      role.ifPresent(granted -> grant(bus, player, granted));
      var session =
          AuthClient.on(bus)
              .createSession(
                  CreateSessionRequest.newBuilder()
                      .setPlayerId(player)
                      .setClient("bb session")
                      .build());
      System.out.println(session.getToken());
    }
  }

  /** Grants a role past the gateway. */
  static void grant(RpcCaller caller, String player, Role role) {
    AuthClient.on(caller)
        .grantRole(GrantRoleRequest.newBuilder().setPlayerId(player).setRole(role).build());
  }

  private static String player(Arguments arguments, String usage) {
    if (arguments.words().size() != 1) {
      throw CommandException.usage("usage: " + usage);
    }
    return arguments.words().getFirst();
  }

  private static Role role(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "operator" -> Role.OPERATOR;
      case "service" -> Role.SERVICE;
      default ->
          throw CommandException.usage(ROLE + ": \"" + name + "\" (expected: operator or service)");
    };
  }
}
