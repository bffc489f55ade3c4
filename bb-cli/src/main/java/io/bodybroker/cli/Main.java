package io.bodybroker.cli;

import io.bodybroker.sdk.error.ServiceException;
import java.io.UncheckedIOException;
import java.util.List;

/** Dispatches {@code bb <command>}. */
public final class Main {
  private Main() {}

  /**
   * Runs one command; exits with 0 if it did what was asked, 1 if it could not, 2 if it was not
   * understood.
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    try {
      dispatch(args);
      return 0;
    } catch (CommandException e) {
      System.err.println("bb: " + e.message());
      return e.status();
    } catch (IllegalArgumentException e) {
      System.err.println("bb: " + e.getMessage());
      return 2;
    } catch (ServiceException e) {
      System.err.println("bb: " + e.code() + ": " + e.message());
      return 1;
    } catch (UncheckedIOException e) {
      System.err.println("bb: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void dispatch(List<String> args) throws InterruptedException {
    String command = args.isEmpty() ? "" : args.getFirst();
    List<String> rest = args.isEmpty() ? List.of() : args.subList(1, args.size());
    switch (command) {
      case "up" -> UpCommand.run(rest);
      case "demo" -> DemoCommand.run(rest);
      case "soak" -> SoakCommand.run(rest);
      case "call" -> {
        CommandLogging.onlyErrors();
        CallCommand.run(rest);
      }
      case "session" -> {
        CommandLogging.onlyErrors();
        SessionCommands.session(rest);
      }
      case "ticket" -> SessionCommands.ticket(rest);
      case "services" -> {
        CommandLogging.onlyErrors();
        ServicesCommand.run(rest);
      }
      case "dlq" -> {
        CommandLogging.onlyErrors();
        DeadLettersCommand.run(rest);
      }
      case "streams" -> {
        CommandLogging.onlyErrors();
        StreamsCommand.run(rest);
      }
      case "audit" -> {
        CommandLogging.onlyErrors();
        AuditCommand.run(rest);
      }
      case "permissions" -> PermissionsCommand.run(rest);
      case "backup" -> {
        CommandLogging.onlyErrors();
        BackupCommand.run(rest);
      }
      case "restore" -> {
        CommandLogging.onlyErrors();
        RestoreCommand.run(rest);
      }
      case "contracts" -> ContractsCommand.run(rest);
      case "new" -> NewCommand.run(rest);
      default ->
          throw CommandException.usage(
              "unknown command \""
                  + command
                  + "\" (expected: up, demo, call, session, ticket, services, dlq, streams, audit, backup, restore, permissions, contracts, soak, new)");
    }
  }
}
