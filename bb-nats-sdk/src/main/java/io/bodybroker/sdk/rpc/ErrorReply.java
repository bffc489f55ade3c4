package io.bodybroker.sdk.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bodybroker.sdk.error.ErrorCode;
import io.bodybroker.sdk.error.ErrorOrigin;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.internal.HeaderText;
import io.bodybroker.sdk.v1.Error;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Errors on the wire: NATS ADR-32's two headers, which {@code nats} tooling reads, and a {@code
 * bodybroker.sdk.v1.Error} as the body.
 */
final class ErrorReply {
  /** In bytes; far more than any error of ours needs, and less than any server refuses. */
  private static final int MAX_BODY = 64 * 1024;

  /** In characters, of an error that would be longer than {@link #MAX_BODY}. */
  private static final int CUT_MESSAGE = 1_000;

  private ErrorReply() {}

  static Headers headers(ServiceException error) {
    return new Headers()
        .put(WireHeaders.ERROR_CODE, Integer.toString(error.code().httpStatus(ErrorOrigin.SERVER)))
        .put(WireHeaders.ERROR, HeaderText.legible(error.code() + ": " + error.message()));
  }

  static byte[] body(ServiceException error) {
    var body =
        Error.newBuilder()
            .setCode(Error.Code.valueOf(error.code().name()))
            .setMessage(error.message())
            .putAllDetails(error.details())
            .setMayHaveExecuted(error.mayHaveExecuted());
    error.errorId().ifPresent(body::setErrorId);
    for (FieldViolation violation : error.fieldViolations()) {
      body.addFieldViolations(
          io.bodybroker.sdk.v1.FieldViolation.newBuilder()
              .setField(violation.field())
              .setValue(violation.value())
              .setExpected(violation.expected()));
    }
    byte[] bytes = body.build().toByteArray();
    return bytes.length <= MAX_BODY ? bytes : cut(body).toByteArray();
  }

  /** Better the code alone than a caller that waits for what NATS does not take. */
  private static Error cut(Error.Builder body) {
    String message = body.getMessage();
    return body.setMessage(message.substring(0, Math.min(message.length(), CUT_MESSAGE)))
        .clearDetails()
        .clearFieldViolations()
        .build();
  }

  static boolean isError(Message reply) {
    return WireHeaders.first(reply, WireHeaders.ERROR_CODE) != null
        || WireHeaders.first(reply, WireHeaders.ERROR) != null;
  }

  /**
   * The error a reply carries; a reply that is not of our making becomes {@code UNKNOWN} with its
   * header's text.
   */
  static ServiceException read(Message reply) {
    try {
      var body = Error.parseFrom(reply.getData());
      if (body.getCode() != Error.Code.CODE_UNSPECIFIED) {
        return fromBody(body);
      }
    } catch (InvalidProtocolBufferException e) {
      return foreign(reply, e);
    }
    return foreign(reply, null);
  }

  private static ServiceException fromBody(Error body) {
    var error =
        ServiceException.builder(code(body.getCode()), body.getMessage())
            .origin(ErrorOrigin.SERVER)
            .mayHaveExecuted(body.getMayHaveExecuted())
            .details(body.getDetailsMap())
            .fieldViolations(
                body.getFieldViolationsList().stream()
                    .map(v -> new FieldViolation(v.getField(), v.getValue(), v.getExpected()))
                    .toList());
    if (!body.getErrorId().isEmpty()) {
      error.errorId(body.getErrorId());
    }
    return error.build();
  }

  private static ErrorCode code(Error.Code code) {
    return code == Error.Code.UNRECOGNIZED ? ErrorCode.UNKNOWN : ErrorCode.valueOf(code.name());
  }

  private static ServiceException foreign(
      Message reply, @Nullable InvalidProtocolBufferException cause) {
    String text = WireHeaders.first(reply, WireHeaders.ERROR);
    var error =
        ServiceException.builder(ErrorCode.UNKNOWN, text == null ? "an error without a text" : text)
            .origin(ErrorOrigin.SERVER);
    return (cause == null ? error : error.cause(cause)).build();
  }
}
