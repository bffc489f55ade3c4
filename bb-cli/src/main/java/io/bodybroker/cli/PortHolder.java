package io.bodybroker.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out who listens on a port, for the message that it is taken. */
final class PortHolder {
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /**
   * @param purpose what the port is wanted for
   * @param setting how to choose another one
   * @throws CommandException if somebody listens on it
   */
  static void requireFree(int port, String purpose, String setting) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw CommandException.failed(
          "port %d, wanted for %s, is taken by %s; end it, or choose another port with %s"
              .formatted(port, purpose, holder(port).orElse("another process"), setting));
    }
  }

  /** The command line and process id of the listener, where the system lets us see it. */
  static Optional<String> holder(int port) {
    return inode(port).flatMap(PortHolder::owner).map(PortHolder::describe);
  }

  /** Linux lists sockets with their inodes; elsewhere there is no such file and no answer. */
  private static Optional<String> inode(int port) {
    String suffix = ":%04X".formatted(port);
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      try (Stream<String> lines = Files.lines(Path.of(table))) {
        Optional<String> found =
            lines
                .map(line -> line.trim().split("\\s+", -1))
                .filter(
                    row -> row.length > 9 && row[1].endsWith(suffix) && row[3].equals(LISTENING))
                .map(row -> row[9])
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<ProcessHandle> owner(String inode) {
    return ProcessHandle.allProcesses().filter(process -> holds(process, inode)).findFirst();
  }

  private static boolean holds(ProcessHandle process, String inode) {
    Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (Stream<Path> links = Files.list(descriptors)) {
      return links.anyMatch(link -> target(link).equals("socket:[" + inode + "]"));
    } catch (IOException e) {
      // Somebody else's process, or one that has just ended: not ours to see.
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String describe(ProcessHandle process) {
    String command = process.info().commandLine().or(process.info()::command).orElse("a process");
    String shown = command.length() > 80 ? command.substring(0, 79) + "…" : command;
    return "\"%s\" (process %d)".formatted(shown, process.pid());
  }
}
