package io.bodybroker.sdk.telemetry;

import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.service.registry.Services;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Durations of one side's calls by method and outcome, for {@code /metrics} and for OpenTelemetry.
 * The labels are a closed set: methods of contracts times codes.
 */
final class RpcMeters {
  static final String OK = "OK";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rpc.service");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("rpc.method");
  private static final AttributeKey<String> OUTCOME =
      AttributeKey.stringKey("rpc.response.status_code");

  /** Both instruments of one method and outcome, so that recording builds no key twice. */
  private record Series(Timer timer, DoubleHistogram histogram, Attributes attributes) {}

  private record Key(Operation operation, String outcome) {}

  private final String name;
  private final String description;
  private final OpenTelemetry openTelemetry;
  private final Map<Key, Series> series = new ConcurrentHashMap<>();

  /**
   * Makes no instrument yet: a start has better things to do.
   *
   * @param side {@code client} or {@code server}
   */
  RpcMeters(String side, OpenTelemetry openTelemetry) {
    this.name = "rpc." + side + ".call.duration";
    this.description = "Duration of calls on the " + side + "'s side";
    this.openTelemetry = openTelemetry;
  }

  void record(Operation operation, String outcome, long nanos) {
    Series found = series.computeIfAbsent(new Key(operation, outcome), this::create);
    found.timer().record(nanos, TimeUnit.NANOSECONDS);
    found.histogram().record(nanos / NANOS_PER_SECOND, found.attributes());
  }

  private Series create(Key key) {
    var timer =
        Services.get(MeterRegistry.class)
            .getOrCreate(
                Timer.builder(name)
                    .description(description)
                    .tags(
                        List.of(
                            Tag.create("service", key.operation().service()),
                            Tag.create("method", key.operation().method()),
                            Tag.create("code", key.outcome()))));
    var attributes =
        Attributes.of(
            SERVICE, key.operation().service(),
            METHOD, key.operation().method(),
            OUTCOME, key.outcome());
    var histogram =
        openTelemetry
            .getMeter(RpcTelemetry.SCOPE)
            .histogramBuilder(name)
            .setUnit("s")
            .setDescription(description)
            .build();
    return new Series(timer, histogram, attributes);
  }
}
