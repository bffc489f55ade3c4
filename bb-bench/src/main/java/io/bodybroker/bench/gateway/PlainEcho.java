package io.bodybroker.bench.gateway;

import io.bodybroker.bench.load.Service;
import io.helidon.http.HeaderValues;

/** Helidon sending back what it got: no gateway on it can be faster. */
public final class PlainEcho implements Service {
  @Override
  public Server serve(String natsUrl) {
    return HelidonServer.start(
        rules ->
            rules.put(
                "/v1/shelves/{shelf_id}/documents",
                (request, response) ->
                    response
                        .header(HeaderValues.CONTENT_TYPE_JSON)
                        .send(request.content().as(byte[].class))),
        () -> {});
  }

  @Override
  public Client connect(String address) {
    return HttpLoad.onEcho(address);
  }
}
