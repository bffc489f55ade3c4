package io.bodybroker.sdk.event;

import com.google.protobuf.Message;

/**
 * An event as its stream has it.
 *
 * @param sequence its number there
 * @param topic it was published under
 * @param id names it for good
 * @param event what it says
 */
public record TopicEvent<T extends Message>(long sequence, String topic, String id, T event) {}
