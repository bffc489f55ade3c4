package io.bodybroker.cli;

import io.bodybroker.cli.permissions.Grants;
import io.bodybroker.cli.permissions.NatsAuthorization;
import io.bodybroker.cli.permissions.NatsAuthorization.Proof;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.stream.StreamCatalog;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code bb permissions}: what each program may do on NATS, for nats-server's configuration. */
final class PermissionsCommand {
  private PermissionsCommand() {}

  static void run(List<String> words) {
    var arguments = Arguments.parse(words, Set.of(), Set.of("--by"));
    if (!arguments.words().isEmpty()) {
      throw CommandException.usage("usage: bb permissions [--by nkey|password]");
    }
    print(proof(arguments.text("--by").orElse("nkey")), System.out);
  }

  private static Proof proof(String text) {
    return switch (text) {
      case "nkey" -> Proof.NKEY;
      case "password" -> Proof.PASSWORD;
      default -> throw CommandException.usage("--by " + text + " (expected: nkey or password)");
    };
  }

  private static void print(Proof proof, PrintStream out) {
    var grants = new Grants(ServiceContract.onClassPath(), StreamCatalog.onClassPath());
    out.print(NatsAuthorization.of(grants.all(), proof));
  }
}
