package io.bodybroker.bench.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.bodybroker.bench.v1.Document;
import io.bodybroker.bench.v1.PutDocumentsRequest;
import io.bodybroker.bench.v1.PutDocumentsResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Documents as a game keeps them, the same in each run. No field has its default, so that it makes
 * no difference whether somebody writes those.
 */
final class Documents {
  /** Whose documents they are; part of the path. */
  static final String SHELF = "shelf-7";

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private static final long SEED = 6;

  private Documents() {}

  /** As many documents as make a body of about so many bytes, and at least one. */
  static PutDocumentsRequest request(int bytes) {
    var random = new Random(SEED);
    var request = PutDocumentsRequest.newBuilder();
    do {
      request.addDocuments(document(request.getDocumentsCount(), random));
    } while (json(request).length() < bytes - 100);
    return request.build();
  }

  /** What is answered. */
  static PutDocumentsResponse response(PutDocumentsRequest request) {
    return PutDocumentsResponse.newBuilder()
        .setShelfId(SHELF)
        .addAllDocuments(request.getDocumentsList())
        .build();
  }

  private static Document document(int number, Random random) {
    return Document.newBuilder()
        .setId("item-%06x".formatted(random.nextInt(1 << 24)))
        .setName("Épée of the %dth watch".formatted(4 + random.nextInt(60)))
        .setKind(number % 2 == 0 ? Document.Kind.ITEM : Document.Kind.PLAYER)
        .setVersion(1 + random.nextInt(100_000))
        .setX(random.nextInt(1, 1_000_000) / 256.0)
        .setY(random.nextInt(1, 1_000_000) / 256.0)
        .setLevel(1 + random.nextInt(80))
        .setVisible(true)
        .addTags("rare")
        .addTags("quest-%d".formatted(1 + random.nextInt(400)))
        .putProperties("owner", "player-%06x".formatted(random.nextInt(1 << 24)))
        .setUpdatedAt(Timestamps.fromMillis(1_790_000_000_000L + random.nextInt(1_000_000_000)))
        .build();
  }

  static String json(MessageOrBuilder message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of ours has no JSON", e);
    }
  }

  /** JSON as it is to be compared: without order of members, or ways to write a number. */
  static Struct tree(byte[] json) {
    var tree = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), tree);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not JSON: " + new String(json, StandardCharsets.UTF_8), e);
    }
    return tree.build();
  }
}
