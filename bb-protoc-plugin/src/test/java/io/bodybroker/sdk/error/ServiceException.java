package io.bodybroker.sdk.error;

/** What a generated client's comment names. */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ServiceException() {}
}
