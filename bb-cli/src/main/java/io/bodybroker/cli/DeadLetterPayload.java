package io.bodybroker.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.v1.ContractProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Payloads as people can read them: JSON if their contract is on the class path, else bytes. */
final class DeadLetterPayload {
  private static final int SHOWN_BYTES = 256;
  private static final int IN_A_LINE = 16;

  private final Map<String, Descriptor> types = new HashMap<>();

  DeadLetterPayload() {
    for (ServiceContract contract : ServiceContract.onClassPath()) {
      for (RpcMethod<?, ?> method : contract.methods()) {
        types.put(method.subject(), method.descriptor().getInputType());
      }
      for (Descriptor type : contract.descriptor().getFile().getMessageTypes()) {
        if (type.getOptions().hasExtension(ContractProto.event)) {
          types.put(type.getOptions().getExtension(ContractProto.event).getSubject(), type);
        }
      }
    }
  }

  /** The message type of a subject's payloads. */
  Optional<String> type(String subject) {
    return Optional.ofNullable(types.get(subject)).map(Descriptor::getFullName);
  }

  /** In JSON, if the contract is known and the payload keeps it. */
  Optional<String> json(String subject, ByteString payload) {
    Descriptor type = types.get(subject);
    if (type == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonFormat.printer().print(DynamicMessage.parseFrom(type, payload)));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** The first bytes, 16 in a line, as numbers and as letters where they are some. */
  static List<String> hex(ByteString payload) {
    var lines = new ArrayList<String>();
    int shown = Math.min(payload.size(), SHOWN_BYTES);
    for (int start = 0; start < shown; start += IN_A_LINE) {
      byte[] line = payload.substring(start, Math.min(shown, start + IN_A_LINE)).toByteArray();
      var letters = new StringBuilder();
      for (byte one : line) {
        letters.append(one >= ' ' && one < 0x7f ? (char) one : '.');
      }
      lines.add(
          "%04x  %-47s  %s".formatted(start, HexFormat.ofDelimiter(" ").formatHex(line), letters));
    }
    if (payload.size() > shown) {
      lines.add("… %d more bytes; --json has all of them".formatted(payload.size() - shown));
    }
    return lines;
  }
}
