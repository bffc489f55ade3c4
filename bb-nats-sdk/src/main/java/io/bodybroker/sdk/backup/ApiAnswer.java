package io.bodybroker.sdk.backup;

import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.ClientErrors;
import io.bodybroker.sdk.internal.JetStreamApi;
import io.bodybroker.sdk.internal.JetStreamApi.NobodyListens;
import io.bodybroker.sdk.internal.JetStreamCodes;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ApiResponse;
import io.nats.client.support.JsonValue;

/** The JSON that JetStream answers to a request for which jnats has no method. */
final class ApiAnswer extends ApiResponse<ApiAnswer> {
  private ApiAnswer(Message message) {
    super(message);
  }

  /**
   * Asks, and reads the answer.
   *
   * @param what for errors
   * @throws ServiceException {@code UNAVAILABLE} if JetStream is away; else what it refused with
   */
  static JsonValue of(JetStreamApi api, String what, String subject, byte[] body) {
    try {
      return new ApiAnswer(api.request(subject, null, body)).throwOnHasError().jv;
    } catch (NobodyListens e) {
      throw ClientErrors.notSent(what + ": JetStream is not there now", e);
    } catch (JetStreamApiException e) {
      throw JetStreamCodes.toError(what, e);
    }
  }
}
