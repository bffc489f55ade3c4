package io.bodybroker.gateway.http;

/** What is sent for a request: an answer, or a stream of messages. */
sealed interface Reply permits Answer, StreamedReply {
  /** The HTTP status. */
  int status();
}
