package io.bodybroker.bench.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.bench.report.Chart;
import io.bodybroker.bench.report.Chart.Best;
import io.bodybroker.bench.report.Chart.Kind;
import io.bodybroker.bench.report.ChartBuilder;
import io.bodybroker.bench.report.Ratio;
import io.bodybroker.bench.report.Section;
import io.bodybroker.bench.report.Stat;
import io.bodybroker.bench.run.Benchmark;
import io.bodybroker.bench.run.Setup;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How many bytes the requests and responses of every contract are, as protobuf and as JSON, plain
 * and compressed. Nothing is timed, so every run finds the same.
 */
public final class PayloadBenchmark implements Benchmark {
  private static final String GAME = "bodybroker.";
  private static final String OWN = "bodybroker.bench.";
  private static final int QUICK_SAMPLES = 5;
  private static final int FULL_SAMPLES = 51;

  /** A message type in one of its roles; sizes of all samples. */
  private record Measured(String service, String type, boolean isRequest, List<Sizes> samples) {
    /** The median of the samples. */
    double median(ToDoubleFunction<Sizes> value) {
      return new Stat(samples.stream().map(value::applyAsDouble).toList()).median();
    }

    boolean isEmpty() {
      return samples.isEmpty();
    }
  }

  private record Form(String name, ToDoubleFunction<Sizes> size) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("protobuf", Sizes::protobuf),
          new Form("protobuf, gzip", Sizes::protobufGzip),
          new Form("JSON", Sizes::json),
          new Form("JSON, gzip", Sizes::jsonGzip));

  private final JsonCodec gateway = new JsonCodec(TypeRegistry.getEmptyTypeRegistry());

  /** A client writes what it has to say, not what is so by default. */
  private final JsonFormat.Printer client = JsonFormat.printer().omittingInsignificantWhitespace();

  @Override
  public String name() {
    return "payload";
  }

  @Override
  public String help() {
    return "bytes of every contract's messages, as protobuf and as JSON";
  }

  @Override
  public Section run(Setup setup) {
    int samples = setup.pick(FULL_SAMPLES, QUICK_SAMPLES);
    var all = new ArrayList<Measured>();
    for (ServiceContract contract : ServiceContract.onClassPath()) {
      String name = contract.descriptor().getFullName();
      if (name.startsWith(GAME) && !name.startsWith(OWN)) {
        setup.say("payload: " + contract.name());
        for (RpcMethod<?, ?> method : contract.methods()) {
          all.add(measure(contract, method.requestDefault(), true, samples));
          all.add(measure(contract, method.responseDefault(), false, samples));
        }
      }
    }
    var empty = all.stream().filter(Measured::isEmpty).toList();
    var measured = all.stream().filter(one -> !one.isEmpty()).toList();
    return new Section(
        name(),
        "Bytes on the wire: protobuf against JSON",
        text(measured, samples),
        charts(measured),
        ratios(measured),
        notes(measured, empty));
  }

  private Measured measure(
      ServiceContract contract, Message prototype, boolean isRequest, int count) {
    String type = prototype.getDescriptorForType().getFullName();
    var samples = new Samples(new Random(type.hashCode()));
    var sizes = new ArrayList<Sizes>();
    for (int i = 0; i < count; i++) {
      Message message = samples.like(prototype);
      if (message.getSerializedSize() > 0) { // else there is no ratio
        sizes.add(Sizes.of(message, json(message, isRequest)));
      }
    }
    return new Measured(contract.name(), type, isRequest, sizes);
  }

  private byte[] asClient(Message message) {
    try {
      return client.print(message).getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of no known type", e);
    }
  }

  private List<Chart> charts(List<Measured> measured) {
    var services = measured.stream().map(Measured::service).distinct().sorted().toList();
    var sizes =
        new ChartBuilder(
            "payload-size",
            "A message of each service, the median of its types",
            Kind.BARS,
            "service",
            "bytes",
            Best.LESS);
    var ratios =
        new ChartBuilder(
            "payload-ratio",
            "JSON's size in protobufs, plain and both with gzip, the median of each service's types",
            Kind.BARS,
            "service",
            "times protobuf",
            Best.LESS);
    // A service's types are the rounds: whiskers reach from the least to the most of them.
    for (String service : services) {
      var types = measured.stream().filter(one -> one.service().equals(service)).toList();
      for (Form form : FORMS) {
        sizes.add(form.name(), service, stat(types, one -> one.median(form.size())));
      }
      ratios.add("JSON", service, stat(types, PayloadBenchmark::plainRatio));
      ratios.add("JSON, gzip", service, stat(types, PayloadBenchmark::gzipRatio));
    }
    return List.of(usual(), sizes.build(), ratios.build());
  }

  private Chart usual() {
    var chart =
        new ChartBuilder(
            "payload-usual",
            "What goes over the wire most",
            Kind.BARS,
            "message",
            "bytes",
            Best.LESS);
    for (UsualCalls.Usual one : UsualCalls.all()) {
      Sizes sizes = Sizes.of(one.message(), json(one.message(), one.isRequest()));
      for (Form form : FORMS) {
        chart.add(form.name(), one.name(), Stat.of(form.size().applyAsDouble(sizes)));
      }
    }
    return chart.build();
  }

  private byte[] json(Message message, boolean isRequest) {
    return isRequest ? asClient(message) : gateway.write(message);
  }

  private static Stat stat(List<Measured> measured, ToDoubleFunction<Measured> value) {
    return new Stat(measured.stream().map(value::applyAsDouble).toList());
  }

  private static double plainRatio(Measured measured) {
    return measured.median(sizes -> (double) sizes.json() / sizes.protobuf());
  }

  private static double gzipRatio(Measured measured) {
    return measured.median(sizes -> (double) sizes.jsonGzip() / sizes.protobufGzip());
  }

  private static List<Ratio> ratios(List<Measured> measured) {
    Stat plain = stat(measured, PayloadBenchmark::plainRatio);
    var small = small(measured);
    var large = measured.stream().filter(one -> !small.contains(one)).toList();
    return List.of(
        Ratio.of("payload.json/protobuf.median", plain.median()),
        Ratio.of("payload.json/protobuf.min", plain.min()),
        Ratio.of("payload.json/protobuf.max", plain.max()),
        Ratio.of("payload.request.json/protobuf.median", median(measured, Measured::isRequest)),
        Ratio.of(
            "payload.response.json/protobuf.median", median(measured, one -> !one.isRequest())),
        Ratio.of(
            "payload.json.gzip/protobuf.gzip.median",
            stat(measured, PayloadBenchmark::gzipRatio).median()),
        Ratio.of(
            "payload.json.gzip/protobuf.median",
            stat(measured, one -> one.median(s -> (double) s.jsonGzip() / s.protobuf())).median()),
        Ratio.of("payload.to256.protobuf.gzip/protobuf.median", compression(small)),
        Ratio.of("payload.over256.protobuf.gzip/protobuf.median", compression(large)),
        Ratio.of("payload.json/protobuf.sum", sum(measured, Sizes::json)),
        Ratio.of("payload.json.gzip/protobuf.sum", sum(measured, Sizes::jsonGzip)));
  }

  private static double median(List<Measured> measured, Predicate<Measured> which) {
    return stat(measured.stream().filter(which).toList(), PayloadBenchmark::plainRatio).median();
  }

  private static List<Measured> small(List<Measured> measured) {
    return measured.stream().filter(one -> one.median(Sizes::protobuf) <= 256).toList();
  }

  private static double compression(List<Measured> measured) {
    return stat(measured, one -> one.median(s -> (double) s.protobufGzip() / s.protobuf()))
        .median();
  }

  /** One of each type, all together: what is large counts more. */
  private static double sum(List<Measured> measured, ToDoubleFunction<Sizes> size) {
    return measured.stream().mapToDouble(one -> one.median(size)).sum()
        / measured.stream().mapToDouble(one -> one.median(Sizes::protobuf)).sum();
  }

  private static String text(List<Measured> measured, int samples) {
    return """
    All request and response types of the game's contracts (%d that carry anything), %d \
    messages of each: filled by what their fields' names mean, the same in every run. Pages \
    of lists have %d elements; half of the fractions have two decimals, half all that a double \
    has; times are to the microsecond. JSON is what goes over the wire: of a response what the \
    gateway writes (fields at their default included), of a request what a client sends (such \
    fields left out). gzip is of each message by itself, with level 6.\
    """
        .formatted(measured.size(), samples, Samples.PAGE);
  }

  private static List<String> notes(List<Measured> measured, List<Measured> empty) {
    long within =
        measured.stream().filter(one -> plainRatio(one) >= 3 && plainRatio(one) <= 5).count();
    long below = measured.stream().filter(one -> plainRatio(one) < 3).count();
    var byRatio =
        measured.stream().sorted(Comparator.comparingDouble(PayloadBenchmark::plainRatio)).toList();
    long grow =
        measured.stream()
            .filter(one -> one.median(Sizes::protobufGzip) >= one.median(Sizes::protobuf))
            .count();
    return List.of(
        "The old system promised messages 3–5 times smaller than JSON. That is so for %d of %d types; %d have less, %d more."
            .formatted(within, measured.size(), below, measured.size() - within - below),
        "Least: %s. Most: %s."
            .formatted(described(byRatio.getFirst()), described(byRatio.getLast())),
        "What is mostly text or a free document (google.protobuf.Struct) is nearly as large in either form; numbers, enums, times and flags are where protobuf gains.",
        "gzip makes %d of %d types larger as protobuf: it adds 18 bytes and most messages are small."
            .formatted(grow, measured.size()),
        "Left out: %d types that carry nothing, and samples in which all is at its default (0 bytes as protobuf)."
            .formatted(empty.stream().map(Measured::type).distinct().count()),
        "Not counted: subjects, headers and HTTP, which are the same for either form.");
  }

  private static String described(Measured one) {
    return String.format(
        Locale.ROOT,
        "%s, %.2f times (%.0f and %.0f bytes)",
        one.type(),
        plainRatio(one),
        one.median(Sizes::protobuf),
        one.median(Sizes::json));
  }
}
