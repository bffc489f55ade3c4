package io.bodybroker.sdk.rpc;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, and under which ids: what travels with a call beside its payload. A call made
 * while serving another one inherits request id, user, tenant and client from it; the idempotency
 * key is of one call only and is never inherited.
 *
 * <p>Immutable.
 */
public final class CallMetadata {
  private static final CallMetadata EMPTY = new Builder().build();

  private final @Nullable String requestId;
  private final @Nullable String user;
  private final @Nullable String tenant;
  private final @Nullable String client;
  private final @Nullable String idempotencyKey;

  private CallMetadata(Builder builder) {
    this.requestId = builder.requestId;
    this.user = builder.user;
    this.tenant = builder.tenant;
    this.client = builder.client;
    this.idempotencyKey = builder.idempotencyKey;
  }

  /** Nothing said. */
  public static CallMetadata empty() {
    return EMPTY;
  }

  /** Starts with nothing said. */
  public static Builder builder() {
    return new Builder();
  }

  /** Made at the edge and logged everywhere; header {@code Bb-Request-Id}. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** The user, from a verified session; header {@code Bb-User}. */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /** The tenant; header {@code Bb-Tenant}. */
  public Optional<String> tenant() {
    return Optional.ofNullable(tenant);
  }

  /** The program that asks; header {@code Bb-Client}. */
  public Optional<String> client() {
    return Optional.ofNullable(client);
  }

  /** The same key gives the same effect and the same answer; header {@code Bb-Idempotency-Key}. */
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  /** What this one leaves unsaid is taken from another. */
  CallMetadata orElse(CallMetadata other) {
    return builder()
        .requestId(requestId == null ? other.requestId : requestId)
        .user(user == null ? other.user : user)
        .tenant(tenant == null ? other.tenant : tenant)
        .client(client == null ? other.client : client)
        .idempotencyKey(idempotencyKey == null ? other.idempotencyKey : idempotencyKey)
        .build();
  }

  /** This metadata for a call made on behalf of it: all but the idempotency key. */
  CallMetadata inherited() {
    return idempotencyKey == null ? this : toBuilder().idempotencyKey(null).build();
  }

  /** Starts with what this one says. */
  public Builder toBuilder() {
    return new Builder()
        .requestId(requestId)
        .user(user)
        .tenant(tenant)
        .client(client)
        .idempotencyKey(idempotencyKey);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallMetadata that
        && Objects.equals(requestId, that.requestId)
        && Objects.equals(user, that.user)
        && Objects.equals(tenant, that.tenant)
        && Objects.equals(client, that.client)
        && Objects.equals(idempotencyKey, that.idempotencyKey);
  }

  @Override
  public int hashCode() {
    return Objects.hash(requestId, user, tenant, client, idempotencyKey);
  }

  /**
   * Names the ids; the idempotency key is left out, since whoever knows it can replay an effect.
   */
  @Override
  public String toString() {
    return "CallMetadata[requestId=%s, user=%s, tenant=%s, client=%s]"
        .formatted(requestId, user, tenant, client);
  }

  /** Collects metadata. Not thread-safe. */
  public static final class Builder {
    private @Nullable String requestId;
    private @Nullable String user;
    private @Nullable String tenant;
    private @Nullable String client;
    private @Nullable String idempotencyKey;

    private Builder() {}

    /** See {@link CallMetadata#requestId()}. */
    public Builder requestId(@Nullable String value) {
      this.requestId = value;
      return this;
    }

    /** See {@link CallMetadata#user()}. */
    public Builder user(@Nullable String value) {
      this.user = value;
      return this;
    }

    /** See {@link CallMetadata#tenant()}. */
    public Builder tenant(@Nullable String value) {
      this.tenant = value;
      return this;
    }

    /** See {@link CallMetadata#client()}. */
    public Builder client(@Nullable String value) {
      this.client = value;
      return this;
    }

    /** See {@link CallMetadata#idempotencyKey()}. */
    public Builder idempotencyKey(@Nullable String value) {
      this.idempotencyKey = value;
      return this;
    }

    /** The metadata. */
    public CallMetadata build() {
      return new CallMetadata(this);
    }
  }
}
