package io.bodybroker.auth.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Tells whether a ticket is good: a compact JWT (RFC 7519) that the issuer signed with Ed25519
 * ({@code EdDSA}, RFC 8037) for us and for now.
 *
 * <p>The algorithm is what is said here, never what a ticket says of itself (RFC 8725, 3.1), and
 * nothing of a ticket is read but its header before its signature is found to be right. Immutable
 * and thread-safe.
 */
public final class TicketVerifier {
  /** How far ahead a ticket may end: so long it must be remembered that it was taken. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  /** How far the issuer's clock may be ahead of ours. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  private static final Pattern COMPACT =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");
  private static final Pattern PLAYER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int LONGEST_ID = 256;

  private final String issuer;
  private final String audience;
  private final IssuerKeys keys;

  /** Takes tickets that this issuer signed with one of these keys for this audience. */
  public TicketVerifier(String issuer, String audience, IssuerKeys keys) {
    this.issuer = issuer;
    this.audience = audience;
    this.keys = keys;
  }

  /**
   * What a ticket says.
   *
   * @throws RefusedTicketException if it is not good, saying why
   */
  public Ticket verify(String text, Instant now) throws RefusedTicketException {
    var parts = COMPACT.matcher(text);
    require(parts.matches(), "it is no compact JWT");
    var header = Claims.read(decoded(parts.group(1)), "header");
    require(
        header.text("alg").filter(alg -> alg.equals("EdDSA") || alg.equals("Ed25519")).isPresent(),
        "it is not signed with EdDSA");
    require(!header.has("crit"), "its header has \"crit\"");
    byte[] content = text.substring(0, parts.end(2)).getBytes(StandardCharsets.US_ASCII);
    require(keys.signed(content, decoded(parts.group(3))), "its signature is not the issuer's");
    return read(Claims.read(decoded(parts.group(2)), "content"), now);
  }

  private Ticket read(Claims claims, Instant now) throws RefusedTicketException {
    require(claims.text("iss").filter(issuer::equals).isPresent(), "\"iss\" is not our issuer");
    require(claims.texts("aud").contains(audience), "\"aud\" is not for us");
    var end = claims.time("exp");
    require(end.isPresent(), "it has no \"exp\"");
    require(now.isBefore(end.get()), "it has expired");
    require(
        !end.get().isAfter(now.plus(LONGEST)),
        "\"exp\" is more than " + LONGEST.toMinutes() + " minutes ahead");
    var begin = claims.time("nbf");
    require(begin.isPresent() || !claims.has("nbf"), "\"nbf\" is no time");
    require(
        begin.isEmpty() || !begin.get().isAfter(now.plus(LEEWAY)), "it is not good yet (\"nbf\")");
    var id = claims.text("jti");
    require(
        id.isPresent() && !id.get().isEmpty() && id.get().length() <= LONGEST_ID,
        "\"jti\" is no text of 1 to " + LONGEST_ID + " characters");
    var player = claims.text("sub");
    require(
        player.isPresent() && PLAYER.matcher(player.get()).matches(),
        "\"sub\" is no player: 1 to 64 letters, digits, '-' and '_'");
    return new Ticket(issuer, id.get(), player.get(), end.get());
  }

  private static byte[] decoded(String part) throws RefusedTicketException {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new RefusedTicketException("it is no compact JWT");
    }
  }

  private static void require(boolean isRight, String reason) throws RefusedTicketException {
    if (!isRight) {
      throw new RefusedTicketException(reason);
    }
  }
}
