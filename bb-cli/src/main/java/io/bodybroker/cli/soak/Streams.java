package io.bodybroker.cli.soak;

import io.bodybroker.statemanager.v1.WatchStateRequest;
import io.bodybroker.testkit.Await;
import io.bodybroker.weathermanager.v1.WatchWeatherRequest;
import io.bodybroker.weathermanager.v1.WatchWeatherResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Open streams of both kinds there are, each read with the SDK and at the gateway, and somebody who
 * writes what they tell of.
 */
final class Streams implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(15);

  private static final Pattern VERSION = Pattern.compile("\"version\":\"(\\d+)\"");
  private static final Pattern FORCED =
      Pattern.compile("\"intensity\":([0-9.Ee-]+).*\"forced\":true");

  private final Sightings stateOverNats;
  private final Sightings weatherOverNats;
  private final Sightings stateOverHttp;
  private final Sightings weatherOverHttp;
  private final Writer states;
  private final Writer weathers;
  private final List<AutoCloseable> readers;

  /** Opens all of them and begins to write. */
  Streams(NatsCalls nats, Balancer balancer, Ledger ledger, Timeline timeline) {
    this.stateOverNats = new Sightings("WatchState over NATS", timeline);
    this.weatherOverNats = new Sightings("WatchWeather over NATS", timeline);
    this.stateOverHttp = new Sightings("WatchState over HTTP", timeline);
    this.weatherOverHttp = new Sightings("WatchWeather over HTTP", timeline);
    var state = WatchStateRequest.newBuilder().setEntityId(nats.document()).build();
    var weather = WatchWeatherRequest.newBuilder().setWorldId(nats.sky()).build();
    var overNats = new Rolling(NatsCalls.INTENSITIES);
    var overHttp = new Rolling(NatsCalls.INTENSITIES);
    this.readers =
        List.of(
            new SdkReader<>(
                stateOverNats,
                () -> nats.states().watchState(state),
                message -> OptionalLong.of(message.getVersion())),
            new SdkReader<>(
                weatherOverNats,
                () -> nats.weathers().watchWeather(weather),
                message -> forced(message, overNats)),
            new SseReader(
                stateOverHttp,
                balancer,
                "/v1/entities/" + nats.document() + "/state/changes",
                Streams::version),
            new SseReader(
                weatherOverHttp,
                balancer,
                "/v1/worlds/" + nats.sky() + "/weather/changes",
                data -> forced(data, overHttp)));
    this.states = new Writer("nats update", ledger, timeline, nats::update);
    this.weathers =
        new Writer(
            "nats forecast",
            ledger,
            timeline,
            count -> {
              nats.force(nats.sky(), count);
              return count;
            });
  }

  /** Weather that nobody forced was not written. */
  private static OptionalLong forced(WatchWeatherResponse message, Rolling numbers) {
    var weather = message.getWeather();
    return weather.getForced()
        ? OptionalLong.of(number(weather.getCondition().getIntensity(), numbers))
        : OptionalLong.empty();
  }

  private static OptionalLong forced(String data, Rolling numbers) {
    var found = FORCED.matcher(data);
    return found.find()
        ? OptionalLong.of(number(Double.parseDouble(found.group(1)), numbers))
        : OptionalLong.empty();
  }

  private static long number(double intensity, Rolling numbers) {
    return numbers.number(Math.round(intensity * NatsCalls.INTENSITIES));
  }

  private static OptionalLong version(String data) {
    var found = VERSION.matcher(data);
    return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
  }

  /** Writes no more, and waits a while for what was written to be seen. */
  void settle() {
    states.close();
    weathers.close();
    try {
      Await.until(
          BOUND,
          "all readers to have seen what was written last",
          () ->
              seen(stateOverNats, states)
                  && seen(stateOverHttp, states)
                  && seen(weatherOverNats, weathers)
                  && seen(weatherOverHttp, weathers));
    } catch (AssertionError late) {
      return; // told by promises(), stream by stream
    }
  }

  private static boolean seen(Sightings sightings, Writer writer) {
    var written = writer.written();
    return written.isEmpty() || sightings.last() >= written.getLast().number();
  }

  /**
   * Whether they went on.
   *
   * @param overNats how late what was written may be seen with the SDK
   * @param overHttp and at the gateway
   */
  List<Promise> promises(Duration overNats, Duration overHttp) {
    return List.of(
        stateOverNats.promise(states.written(), overNats),
        weatherOverNats.promise(weathers.written(), overNats),
        stateOverHttp.promise(states.written(), overHttp),
        weatherOverHttp.promise(weathers.written(), overHttp));
  }

  @Override
  public void close() {
    states.close();
    weathers.close();
    for (AutoCloseable reader : readers) {
      close(reader);
    }
  }

  private static void close(AutoCloseable reader) {
    try {
      reader.close();
    } catch (Exception e) {
      throw new IllegalStateException("a reader does not close", e);
    }
  }
}
