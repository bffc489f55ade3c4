package io.bodybroker.auth;

import io.bodybroker.auth.Sessions.Granted;
import io.bodybroker.auth.state.v1.StoredRoles;
import io.bodybroker.auth.v1.Role;
import io.bodybroker.auth.v1.RoleGrant;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.store.Store;
import io.bodybroker.sdk.store.Versioned;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What players were granted. It is kept where nothing is forgotten, and from there written beside
 * the sessions before a change is answered: what is answered holds for every token at once.
 */
final class Roles {
  private final Store<StoredRoles> documents;
  private final Sessions sessions;
  private final InstantSource time;

  Roles(Store<StoredRoles> documents, Sessions sessions, InstantSource time) {
    this.documents = documents;
    this.sessions = sessions;
    this.time = time;
  }

  /** What a player was granted, for a session that begins. */
  Granted of(String playerId) {
    return documents.get(playerId).map(Roles::granted).orElse(new Granted(List.of(), 0));
  }

  /** What a player was granted, by role. */
  List<RoleGrant> list(String playerId) {
    return documents
        .get(playerId)
        .map(document -> document.value().getGrantsList())
        .orElse(List.of());
  }

  /**
   * Grants a role.
   *
   * @param by who grants it; empty if it is done from within
   * @return what the player was granted now
   */
  List<RoleGrant> grant(String playerId, Role role, String by) {
    requireGrantable(role);
    var grant =
        RoleGrant.newBuilder()
            .setRole(role)
            .setGrantedAt(ProtoTimes.timestamp(time.instant()))
            .setGrantedBy(by)
            .build();
    return change(
        playerId,
        stored ->
            has(stored, role)
                ? stored
                : StoredRoles.newBuilder()
                    .addAllGrants(
                        Stream.concat(stored.getGrantsList().stream(), Stream.of(grant))
                            .sorted(Comparator.comparing(RoleGrant::getRole))
                            .toList())
                    .build());
  }

  /** Takes a role away. Returns what the player was granted now. */
  List<RoleGrant> remove(String playerId, Role role) {
    requireGrantable(role);
    if (documents.get(playerId).isEmpty()) {
      return List.of();
    }
    return change(
        playerId,
        stored ->
            has(stored, role)
                ? StoredRoles.newBuilder()
                    .addAllGrants(
                        stored.getGrantsList().stream()
                            .filter(grant -> grant.getRole() != role)
                            .toList())
                    .build()
                : stored);
  }

  private List<RoleGrant> change(String playerId, UnaryOperator<StoredRoles> change) {
    var document =
        documents.update(
            playerId, current -> change.apply(current.orElse(StoredRoles.getDefaultInstance())));
    // Also when nothing changed: who changed it may have died before it was written there.
    sessions.grant(playerId, granted(document));
    return document.value().getGrantsList();
  }

  private static Granted granted(Versioned<StoredRoles> document) {
    return new Granted(
        document.value().getGrantsList().stream().map(RoleGrant::getRole).toList(),
        document.version());
  }

  private static boolean has(StoredRoles stored, Role role) {
    return stored.getGrantsList().stream().anyMatch(grant -> grant.getRole() == role);
  }

  private static void requireGrantable(Role role) {
    if (role != Role.OPERATOR && role != Role.SERVICE) {
      throw ServiceException.invalidArgument(
          "role", role, "OPERATOR or SERVICE; everybody is a PLAYER");
    }
  }
}
