package io.bodybroker.auth;

import io.bodybroker.auth.ticket.IssuerKeys;
import io.bodybroker.auth.ticket.TicketVerifier;
import io.bodybroker.sdk.config.Setting;
import io.bodybroker.sdk.config.SettingTable;
import io.bodybroker.sdk.config.SettingValues;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose tickets are taken. Without an issuer's keys none are, and nobody can sign in.
 *
 * <p>Immutable and thread-safe.
 */
public final class AuthSettings {
  private static final String NAME = "1 to 200 visible ASCII characters, no space";

  /** {@code auth.issuer}. */
  static final Setting<String> ISSUER =
      Setting.of(
          "auth.issuer",
          "body-broker",
          NAME,
          AuthSettings::name,
          "Who signs tickets, as their \"iss\" has it.");

  /** {@code auth.audience}. */
  static final Setting<String> AUDIENCE =
      Setting.of(
          "auth.audience",
          "body-broker",
          NAME,
          AuthSettings::name,
          "Whom tickets are for, as their \"aud\" has it.");

  /** {@code auth.issuer-keys}. */
  static final Setting<Optional<Path>> ISSUER_KEYS =
      Setting.file(
              "auth.issuer-keys",
              "keys.pem",
              "PEM file with the issuer's public keys (Ed25519), each of which may have signed a"
                  + " ticket; nothing means that nobody can sign in.")
          .optional();

  static final SettingTable TABLE = SettingTable.of(ISSUER, AUDIENCE, ISSUER_KEYS);

  private final SettingValues values;
  private final Optional<TicketVerifier> tickets;

  private AuthSettings(SettingValues values) {
    this.values = values;
    this.tickets =
        values
            .get(ISSUER_KEYS)
            .map(file ->
                new TicketVerifier(
                    values.get(ISSUER), values.get(AUDIENCE), IssuerKeys.read(file)));
  }

  /**
   * What the environment says.
   *
   * @throws io.bodybroker.sdk.config.ConfigException naming every bad value and what would be right
   * @throws IllegalArgumentException if the file has no such keys, naming it
   */
  public static AuthSettings fromEnvironment() {
    return new AuthSettings(TABLE.fromEnvironment());
  }

  /** The settings of an issuer with this name and file of keys. */
  public static AuthSettings of(String issuer, String audience, Path issuerKeys) {
    return new AuthSettings(
        TABLE
            .builder()
            .set(ISSUER, issuer)
            .set(AUDIENCE, audience)
            .set(ISSUER_KEYS, Optional.of(issuerKeys))
            .build());
  }

  /** The settings of a service that trusts no issuer. */
  public static AuthSettings withoutIssuer() {
    return new AuthSettings(TABLE.builder().build());
  }

  /** What checks tickets, if an issuer is trusted. */
  Optional<TicketVerifier> tickets() {
    return tickets;
  }

  private static Optional<String> name(String text) {
    return text.matches("[\\x21-\\x7e]{1,200}") ? Optional.of(text) : Optional.empty();
  }

  @Override
  public String toString() {
    return "AuthSettings" + values;
  }
}
