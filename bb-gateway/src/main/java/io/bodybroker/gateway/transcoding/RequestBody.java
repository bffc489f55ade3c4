package io.bodybroker.gateway.transcoding;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** What a binding does with the body of a request. */
public sealed interface RequestBody {
  /** There is none; what the path does not fill comes from the query. */
  record None() implements RequestBody {}

  /** It is the whole request message, but for what the path fills; there is no query. */
  record Whole() implements RequestBody {}

  /** It is one field; the rest comes from the query. */
  record Field(FieldDescriptor field) implements RequestBody {}
}
