package io.bodybroker.gateway.openapi;

import io.bodybroker.sdk.rpc.MethodAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the document says who may use an operation. */
final class Security {
  private static final String SESSION = "session";

  private Security() {}

  static Map<String, Object> schemes() {
    var scheme = new LinkedHashMap<String, Object>();
    scheme.put("type", "http");
    scheme.put("scheme", "bearer");
    scheme.put("description", "The token of a session.");
    return Map.of(SESSION, scheme);
  }

  /** Says of an operation who may use it. */
  static void restrict(Map<String, Object> operation, MethodAccess access) {
    operation.merge("description", text(access), (comment, who) -> comment + "\n\n" + who);
    operation.put("security", List.of(Map.of(SESSION, List.of())));
    @SuppressWarnings("unchecked") // every operation has them
    var responses = (Map<String, Object>) operation.get("responses");
    if (responses != null) {
      responses.put("401", Map.of("$ref", "#/components/responses/Unauthenticated"));
      responses.put("403", Map.of("$ref", "#/components/responses/Forbidden"));
    }
  }

  private static String text(MethodAccess access) {
    var who = new ArrayList<String>();
    access.own().ifPresent(field -> who.add("whom `" + field.getJsonName() + "` names"));
    access.roles().forEach(role -> who.add("who has the role `" + role + "`"));
    return who.isEmpty() ? "For all who are signed in." : "For " + String.join(", and ", who) + ".";
  }
}
