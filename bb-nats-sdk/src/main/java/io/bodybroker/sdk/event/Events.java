package io.bodybroker.sdk.event;

import com.google.protobuf.Message;

/** Publishes events. Thread-safe. */
public interface Events {
  /**
   * Publishes an event on the subject its contract declares with {@code option
   * (bodybroker.sdk.v1.event).subject}.
   *
   * @param event the event
   * @param id names this event for good, so that receivers can tell a repeat ({@code Nats-Msg-Id}),
   *     for example {@code zone-1:42}; 1 to 200 characters
   * @throws IllegalArgumentException if the message's contract declares no subject
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if no connection is up: it
   *     was not published
   */
  void publish(Message event, String id);

  /**
   * Publishes a message on a subject somebody asked for, such as a callback.
   *
   * @param subject dot-separated tokens of letters, digits, {@code -} and {@code _}; nothing under
   *     {@code svc.} or {@code $}
   * @param message the payload
   * @param id as in {@link #publish}
   * @throws IllegalArgumentException if the subject is not of that form
   * @throws io.bodybroker.sdk.error.ServiceException {@code UNAVAILABLE} if no connection is up: it
   *     was not published
   */
  void publishTo(String subject, Message message, String id);
}
