package io.bodybroker.bench.micro;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Timestamps;
import io.bodybroker.weathermanager.v1.GetWeatherRequest;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Protobuf, from a message to its bytes and back: a small request, and a large page of a list. */
@State(Scope.Thread)
public class CodecBenchmark {
  /** About 40 bytes, or some 20 KB. */
  @Param({"SMALL", "LARGE"})
  public Size size = Size.SMALL;

  /** Which message. */
  public enum Size {
    /** A request. */
    SMALL,
    /** A page of entities with free properties. */
    LARGE
  }

  private static final int ENTITIES = 100;

  private Message message = GetWeatherRequest.getDefaultInstance();
  private Parser<? extends Message> parser = GetWeatherRequest.parser();
  private byte[] bytes = {};

  /** Makes the message and its bytes. */
  @Setup
  public void prepare() {
    message = size == Size.SMALL ? small() : large();
    parser = message.getParserForType();
    bytes = message.toByteArray();
  }

  private static Message small() {
    return GetWeatherRequest.newBuilder()
        .setWorldId("overworld")
        .setZoneId("harbour-district")
        .build();
  }

  private static Message large() {
    var page = ListEntitiesResponse.newBuilder().setTotalSize(ENTITIES);
    for (int i = 0; i < ENTITIES; i++) {
      page.addEntities(
          Entity.newBuilder()
              .setWorldId("overworld")
              .setEntityId("npc-" + i)
              .setType(EntityType.NPC)
              .setProperties(
                  Struct.newBuilder()
                      .putFields("name", Value.newBuilder().setStringValue("Smith " + i).build())
                      .putFields("health", Value.newBuilder().setNumberValue(97.5 - i).build()))
              .addTags("blacksmith")
              .setVersion(1_000 + i)
              .setUpdatedAt(Timestamps.fromMillis(1_764_204_000_123L + i)));
    }
    return page.build();
  }

  /** Writes. What a message knows of its size from the last time is of little use to it. */
  @Benchmark
  public byte[] write() {
    return message.toByteArray();
  }

  /** Reads. */
  @Benchmark
  public Message read() throws InvalidProtocolBufferException {
    return parser.parseFrom(bytes);
  }
}
