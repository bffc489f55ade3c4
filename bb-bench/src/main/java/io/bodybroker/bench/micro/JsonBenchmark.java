package io.bodybroker.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.bodybroker.gateway.json.JsonCodec;
import io.bodybroker.worldstate.v1.Entity;
import io.bodybroker.worldstate.v1.EntityType;
import io.bodybroker.worldstate.v1.ListEntitiesResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The gateway's JSON against protobuf's {@code JsonFormat}, from a message to UTF-8 and back.
 * Entities of a world: names, tags, times, numbers and free properties, as a game client asks for
 * them.
 */
@State(Scope.Thread)
public class JsonBenchmark {
  /** About how many bytes of JSON: 256, 4 Ki or 64 Ki. */
  @Param({"SMALL", "MIDDLE", "LARGE"})
  public Size size = Size.SMALL;

  /** How many entities are listed. */
  public enum Size {
    /** One alone. */
    SMALL(0),
    /** A page of a few. */
    MIDDLE(13),
    /** A page of many. */
    LARGE(210);

    private final int entities;

    Size(int entities) {
      this.entities = entities;
    }
  }

  private final JsonCodec codec = new JsonCodec(TypeRegistry.getEmptyTypeRegistry());
  private final JsonFormat.Printer printer =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();
  private final JsonFormat.Parser parser = JsonFormat.parser();
  private Message message = Entity.getDefaultInstance();
  private byte[] json = {};

  /** Makes message and text, which both contenders take. */
  @Setup
  public void prepare() {
    if (size == Size.SMALL) {
      message = entity(0).clearProperties().addTags("guild-of-smiths").addTags("trades").build();
    } else {
      var list = ListEntitiesResponse.newBuilder().setTotalSize(size.entities);
      for (int i = 0; i < size.entities; i++) {
        list.addEntities(entity(i));
      }
      message = list.setNextPageToken("b3JjLTE3NQ").build();
    }
    json = codec.write(message);
  }

  private static Entity.Builder entity(int i) {
    return Entity.newBuilder()
        .setWorldId("overworld")
        .setEntityId("npc-" + i)
        .setType(EntityType.NPC)
        .setProperties(
            Struct.newBuilder()
                .putFields("name", text("Tóki Smith " + i))
                .putFields("mood", text("\"content\" & calm"))
                .putFields("health", Value.newBuilder().setNumberValue(97.5 - i).build())
                .putFields("level", Value.newBuilder().setNumberValue(i).build())
                .putFields("isHostile", Value.newBuilder().setBoolValue(i % 3 == 0).build()))
        .addTags("blacksmith")
        .addTags("harbour-district")
        .setVersion(1_000 + i)
        .setCreatedAt(Timestamps.fromMillis(1_764_200_000_000L + i))
        .setUpdatedAt(Timestamps.fromMillis(1_764_204_000_123L + i));
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  /** Writes with the gateway's codec. */
  @Benchmark
  public byte[] writeOurs() {
    return codec.write(message);
  }

  /** Writes with {@code JsonFormat}. */
  @Benchmark
  public byte[] writeJsonFormat() throws InvalidProtocolBufferException {
    return printer.print(message).getBytes(UTF_8);
  }

  /** Reads with the gateway's codec. */
  @Benchmark
  public Message readOurs() {
    var builder = message.newBuilderForType();
    codec.read(json, builder);
    return builder.build();
  }

  /** Reads with {@code JsonFormat}. */
  @Benchmark
  public Message readJsonFormat() throws InvalidProtocolBufferException {
    var builder = message.newBuilderForType();
    parser.merge(new String(json, UTF_8), builder);
    return builder.build();
  }
}
