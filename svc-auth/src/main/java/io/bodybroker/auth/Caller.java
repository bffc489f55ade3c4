package io.bodybroker.auth;

import io.bodybroker.auth.v1.CheckRateLimitRequest;
import io.bodybroker.sdk.error.ServiceException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Whose requests are counted. */
sealed interface Caller {
  /** Where its buckets are kept. */
  String key();

  /** Somebody who is signed in. */
  record Player(String id) implements Caller {
    @Override
    public String key() {
      return "player/" + id;
    }
  }

  /** Somebody who is not, at an address in the one form it has here. */
  record Address(String text) implements Caller {
    @Override
    public String key() {
      return "address/" + text;
    }
  }

  /**
   * The caller of a request.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if there is none, or it has no address
   */
  static Caller of(CheckRateLimitRequest request) {
    if (!request.getPlayerId().isEmpty()) {
      return new Player(request.getPlayerId());
    }
    if (request.getAddress().isEmpty()) {
      throw ServiceException.invalidArgument("caller", "", "a player_id or an address");
    }
    return new Address(Addresses.plain(request.getAddress()));
  }

  /** Addresses as text, of which one address has many. */
  final class Addresses {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);

    private Addresses() {}

    private static String plain(String text) {
      if (IPV4.matcher(text).matches()) {
        return text;
      }
      try {
        // What has no colon would be looked up as a name.
        if (text.contains(":")) {
          return InetAddress.getByName(text).getHostAddress();
        }
      } catch (UnknownHostException e) {
        throw refused(text);
      }
      throw refused(text);
    }

    private static ServiceException refused(String text) {
      return ServiceException.invalidArgument("address", text, "an IPv4 or IPv6 address");
    }
  }
}
