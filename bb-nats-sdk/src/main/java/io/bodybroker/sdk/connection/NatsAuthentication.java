package io.bodybroker.sdk.connection;

import io.bodybroker.sdk.security.Credentials;
import io.nats.client.AuthHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who we are, as jnats asks for it at each connection: what the file says then. */
final class NatsAuthentication implements AuthHandler {
  private final Supplier<Credentials> credentials;

  NatsAuthentication(Supplier<Credentials> credentials) {
    this.credentials = credentials;
  }

  @Override
  public byte[] sign(byte[] nonce) {
    return credentials.get().sign(nonce);
  }

  /** With a JWT, that says it. */
  @Override
  @SuppressWarnings("NullAway") // jnats leaves it out if it is null
  public char @Nullable [] getID() {
    Credentials now = credentials.get();
    return now.jwt().isPresent() ? null : now.publicKey().toCharArray();
  }

  @Override
  @SuppressWarnings("NullAway") // jnats leaves it out if it is null
  public char @Nullable [] getJWT() {
    return credentials.get().jwt().map(String::toCharArray).orElse(null);
  }
}
