package io.bodybroker.bench.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.bench.load.Service;
import io.bodybroker.bench.v1.EchoContract;
import io.bodybroker.bench.v1.PutDocumentsRequest;
import io.bodybroker.bench.v1.PutDocumentsResponse;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What somebody would write for one route: Helidon in front, protobuf's own JSON, jnats' {@code
 * request} with a deadline. No metrics, no log, no limits, no retry.
 */
public final class HandWritten implements Service {
  /** As Armeria has it by default, for all: 1,024 at once with large bodies may take seconds. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Override
  public Server serve(String natsUrl) throws Exception {
    Connection connection = Nats.connect(natsUrl);
    return HelidonServer.start(new Shelves(connection), connection);
  }

  @Override
  public Client connect(String address) {
    return HttpLoad.onDocuments(address);
  }

  private static final class Shelves implements HttpService {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final JsonFormat.Printer PRINTER =
        JsonFormat.printer().omittingInsignificantWhitespace().alwaysPrintFieldsWithNoPresence();

    private final Connection connection;

    Shelves(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void routing(HttpRules rules) {
      rules.put("/v1/shelves/{shelf_id}/documents", this::put);
    }

    private void put(ServerRequest request, ServerResponse response) throws Exception {
      var documents = PutDocumentsRequest.newBuilder();
      try {
        PARSER.merge(request.content().as(String.class), documents);
      } catch (InvalidProtocolBufferException e) {
        response.status(Status.BAD_REQUEST_400).send(String.valueOf(e.getMessage()));
        return;
      }
      documents.setShelfId(request.path().pathParameters().get("shelf_id"));
      Message reply =
          connection.request(
              NatsMessage.builder()
                  .subject(EchoContract.PUT_DOCUMENTS.subject())
                  .headers(new Headers().put("Bb-Timeout-Ms", String.valueOf(TIMEOUT.toMillis())))
                  .data(documents.build().toByteArray())
                  .build(),
              TIMEOUT);
      if (reply == null) {
        response.status(Status.GATEWAY_TIMEOUT_504).send();
      } else if (reply.isStatusMessage() || isError(reply)) {
        response.status(Status.BAD_GATEWAY_502).send();
      } else {
        String json = PRINTER.print(PutDocumentsResponse.parseFrom(reply.getData()));
        response.header(HeaderValues.CONTENT_TYPE_JSON).send(json.getBytes(StandardCharsets.UTF_8));
      }
    }

    private static boolean isError(Message reply) {
      return reply.hasHeaders() && reply.getHeaders().containsKey("Nats-Service-Error-Code");
    }
  }
}
