package io.bodybroker.gateway.transcoding;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.bodybroker.gateway.json.FieldNames;
import io.bodybroker.gateway.json.FieldText;
import io.bodybroker.sdk.error.FieldViolation;
import java.util.List;
import java.util.Map;

/**
 * Fills a request from its query: each parameter names a field that neither path nor body fills.
 */
record QueryReader(HttpBinding binding, FieldNames names, List<FieldViolation> violations) {

  void read(Map<String, List<String>> parameters, Message.Builder request) {
    parameters.forEach((name, values) -> read(name, values, request));
  }

  private void read(String name, List<String> values, Message.Builder request) {
    Descriptor type = request.getDescriptorForType();
    FieldPath field = FieldPath.find(names, type, name);
    if (field == null) {
      refuse(name, values, FieldNames.expected(type));
    } else if (binding.pathFields().contains(field)) {
      refuse(name, values, "nothing, the path has it");
    } else if (binding.body() instanceof RequestBody.Whole) {
      refuse(name, values, "nothing, the body has it");
    } else if (binding.body() instanceof RequestBody.Field part
        && part.field().equals(field.fields().getFirst())) {
      refuse(name, values, "nothing, the body is it");
    } else if (!field.isText()) {
      refuse(name, values, "a field that a text can stand for, or one within it");
    } else if (values.size() > 1 && !field.leaf().isRepeated()) {
      refuse(name, values, "one value");
    } else {
      field
          .rival(request)
          .ifPresentOrElse(
              rival -> refuse(name, values, Violations.excludedBy(rival.getName())),
              () -> put(field, values, request));
    }
  }

  private void put(FieldPath field, List<String> values, Message.Builder request) {
    for (String text : values) {
      Object value = field.parse(request, text);
      if (value == null) {
        violations.add(Violations.wrongType(field, text));
      } else {
        field.put(request, value);
      }
    }
  }

  private void refuse(String name, List<String> values, String expected) {
    violations.add(new FieldViolation(name, shown(name, values), expected));
  }

  private String shown(String name, List<String> values) {
    Descriptor type = binding.method().descriptor().getInputType();
    FieldPath field = FieldPath.find(names, type, name);
    return field != null && Violations.isSecret(field)
        ? FieldText.NOT_SHOWN
        : String.join(", ", values);
  }
}
