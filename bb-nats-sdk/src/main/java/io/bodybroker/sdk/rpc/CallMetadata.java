package io.bodybroker.sdk.rpc;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, and under which ids: what travels with a call beside its payload. A call made
 * while serving another one inherits request id, user, tenant, client and headers from it; the
 * idempotency key is of one call only and is never inherited.
 *
 * <p>Immutable.
 */
public final class CallMetadata {
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final CallMetadata EMPTY = new Builder().build();

  private final @Nullable String requestId;
  private final @Nullable String user;
  private final @Nullable String tenant;
  private final @Nullable String client;
  private final @Nullable String idempotencyKey;
  private final Map<String, String> headers;

  private CallMetadata(Builder builder) {
    this.requestId = builder.requestId;
    this.user = builder.user;
    this.tenant = builder.tenant;
    this.client = builder.client;
    this.idempotencyKey = builder.idempotencyKey;
    this.headers =
        builder.headers.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new TreeMap<>(builder.headers));
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

  /** What else the edge let in, such as {@code accept-language}; see {@link #headers()}. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * All that the edge let in, by name in lower case; headers {@code Bb-Header-…}. They say what a
   * client wishes, never who it is.
   */
  public Map<String, String> headers() {
    return headers;
  }

  boolean isEmpty() {
    return equals(EMPTY);
  }

  static boolean isHeaderName(String name) {
    return HEADER_NAME.matcher(name).matches();
  }

  /** What this one leaves unsaid is taken from another. */
  CallMetadata orElse(CallMetadata other) {
    return new Builder()
        .headers(other.headers)
        .headers(headers)
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
        .idempotencyKey(idempotencyKey)
        .headers(headers);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallMetadata that
        && Objects.equals(requestId, that.requestId)
        && Objects.equals(user, that.user)
        && Objects.equals(tenant, that.tenant)
        && Objects.equals(client, that.client)
        && Objects.equals(idempotencyKey, that.idempotencyKey)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(requestId, user, tenant, client, idempotencyKey, headers);
  }

  /**
   * Names the ids; the idempotency key is left out, since whoever knows it can replay an effect,
   * and so are the values of headers.
   */
  @Override
  public String toString() {
    return "CallMetadata[requestId=%s, user=%s, tenant=%s, client=%s, headers=%s]"
        .formatted(requestId, user, tenant, client, headers.keySet());
  }

  /** Collects metadata. Not thread-safe. */
  public static final class Builder {
    private @Nullable String requestId;
    private @Nullable String user;
    private @Nullable String tenant;
    private @Nullable String client;
    private @Nullable String idempotencyKey;
    private Map<String, String> headers = Map.of();

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

    /**
     * See {@link CallMetadata#headers()}. A second value for a name takes the place of the first.
     *
     * @param name 1 to 64 letters, digits and {@code -}; case does not matter
     * @throws IllegalArgumentException if the name is not that
     */
    public Builder header(String name, String value) {
      if (!isHeaderName(name)) {
        throw new IllegalArgumentException(
            "header \"%s\" (expected: 1 to 64 letters, digits and '-')".formatted(name));
      }
      mutableHeaders().put(name.toLowerCase(Locale.ROOT), value);
      return this;
    }

    private Builder headers(Map<String, String> more) {
      if (!more.isEmpty()) {
        mutableHeaders().putAll(more);
      }
      return this;
    }

    /** Most calls have none. */
    private Map<String, String> mutableHeaders() {
      if (headers.isEmpty()) {
        headers = new TreeMap<>();
      }
      return headers;
    }

    /** The metadata. */
    public CallMetadata build() {
      return new CallMetadata(this);
    }
  }
}
