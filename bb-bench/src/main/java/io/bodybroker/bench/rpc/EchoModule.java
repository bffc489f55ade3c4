package io.bodybroker.bench.rpc;

import com.google.protobuf.UnsafeByteOperations;
import io.bodybroker.bench.v1.CountRequest;
import io.bodybroker.bench.v1.CountResponse;
import io.bodybroker.bench.v1.EchoRequest;
import io.bodybroker.bench.v1.EchoResponse;
import io.bodybroker.bench.v1.EchoService;
import io.bodybroker.bench.v1.PutDocumentsRequest;
import io.bodybroker.bench.v1.PutDocumentsResponse;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.CallContext;
import io.bodybroker.sdk.rpc.ResponseWriter;

/** The service that is measured, by the SDK. */
public final class EchoModule implements ServiceModule, EchoService {
  @Override
  public void configure(ServiceContext context) {
    context.serve(this);
  }

  @Override
  public EchoResponse echo(EchoRequest request, CallContext context) {
    return Echo.answer(request);
  }

  @Override
  public PutDocumentsResponse putDocuments(PutDocumentsRequest request, CallContext context) {
    return PutDocumentsResponse.newBuilder()
        .setShelfId(request.getShelfId())
        .addAllDocuments(request.getDocumentsList())
        .build();
  }

  @Override
  public void count(
      CountRequest request, CallContext context, ResponseWriter<CountResponse> responses) {
    var response =
        CountResponse.newBuilder()
            .setPayload(UnsafeByteOperations.unsafeWrap(new byte[request.getBytes()]))
            .build();
    for (int i = 0; i < request.getMessages(); i++) {
      responses.send(response);
    }
  }
}
