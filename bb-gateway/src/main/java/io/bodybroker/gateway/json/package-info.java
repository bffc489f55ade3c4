/**
 * Protobuf messages as JSON, by protobuf's JSON mapping.
 *
 * <p>Start with {@link io.bodybroker.gateway.json.JsonCodec}. It writes with protobuf's own {@code
 * JsonFormat}. It reads with a parser of this package, because a caller must be told which field
 * was wrong, with which value, what would be right, and in which line: {@code JsonFormat} mostly
 * says none of it, takes text for JSON that is not, and stops at the first mistake. Tests hold the
 * two against each other. Depends on {@code refusal} and protobuf only.
 */
@NullMarked
package io.bodybroker.gateway.json;

import org.jspecify.annotations.NullMarked;
