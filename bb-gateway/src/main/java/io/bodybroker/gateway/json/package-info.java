/**
 * Protobuf messages as JSON, by protobuf's JSON mapping.
 *
 * <p>Start with {@link io.bodybroker.gateway.json.JsonCodec}. Both ways lead over protobuf's wire
 * format, because generated code writes and parses that without reflection: a message is serialized
 * and its bytes become JSON ({@code MessageWriter}); JSON becomes such bytes, which the message
 * parses ({@code JsonParser}, {@code MessageReader}). What is written is byte for byte what {@code
 * JsonFormat} writes. What is read is told better: which field was wrong, with which value, what
 * would be right, and in which line, all mistakes at once. Tests hold the two against each other.
 * Depends on {@code refusal} and protobuf only.
 */
@NullMarked
package io.bodybroker.gateway.json;

import org.jspecify.annotations.NullMarked;
