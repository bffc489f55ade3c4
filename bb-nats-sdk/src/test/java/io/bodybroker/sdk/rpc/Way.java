package io.bodybroker.sdk.rpc;

import io.bodybroker.sdk.test.v1.EchoClient;
import io.bodybroker.sdk.test.v1.EchoRequest;
import io.bodybroker.sdk.test.v1.EchoResponse;
import java.util.concurrent.CompletionException;

/** Both ways to make a call, which must not differ. */
enum Way {
  BLOCKING {
    @Override
    EchoResponse echo(EchoClient client, EchoRequest request, CallOptions options) {
      return client.echo(request, options);
    }
  },
  ASYNC {
    @Override
    EchoResponse echo(EchoClient client, EchoRequest request, CallOptions options) {
      try {
        return client.echoAsync(request, options).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  };

  abstract EchoResponse echo(EchoClient client, EchoRequest request, CallOptions options);

  EchoResponse echo(EchoClient client, String text) {
    return echo(client, EchoRequest.newBuilder().setText(text).build(), CallOptions.defaults());
  }
}
