package io.bodybroker.protoc.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredAccessTest {
  private static final DeclaredAccess ANYBODY = new DeclaredAccess(true, "", Set.of());
  private static final DeclaredAccess SIGNED_IN = new DeclaredAccess(false, "", Set.of());
  private static final DeclaredAccess OWN = new DeclaredAccess(false, "player_id", Set.of());
  private static final DeclaredAccess OTHER = new DeclaredAccess(false, "user_id", Set.of());
  private static final DeclaredAccess ROLE = new DeclaredAccess(false, "", Set.of("operator"));
  private static final DeclaredAccess ROLES =
      new DeclaredAccess(false, "", Set.of("operator", "service"));
  private static final DeclaredAccess OWN_OR_ROLE =
      new DeclaredAccess(false, "player_id", Set.of("operator"));

  /** Each with those of whom it lets in all. */
  @Test
  void letsInWhomItLetInBefore() {
    letsIn(ANYBODY, ANYBODY, SIGNED_IN, OWN, OTHER, ROLE, ROLES, OWN_OR_ROLE);
    letsIn(SIGNED_IN, SIGNED_IN, OWN, OTHER, ROLE, ROLES, OWN_OR_ROLE);
    letsIn(OWN, OWN);
    letsIn(OTHER, OTHER);
    letsIn(ROLE, ROLE);
    letsIn(ROLES, ROLE, ROLES);
    letsIn(OWN_OR_ROLE, OWN, ROLE, OWN_OR_ROLE);
  }

  private static void letsIn(DeclaredAccess now, DeclaredAccess... before) {
    for (var other : List.of(ANYBODY, SIGNED_IN, OWN, OTHER, ROLE, ROLES, OWN_OR_ROLE)) {
      assertThat(now.letsInAll(other))
          .as("%s lets in %s", now, other)
          .isEqualTo(List.of(before).contains(other));
    }
  }
}
