package io.bodybroker.gateway.session;

import java.util.Optional;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param user who is signed in, if somebody is
 * @param roles what that one may do, in lower case
 */
public record Visitor(Optional<String> user, Set<String> roles) {
  /** Nobody is signed in. */
  public static final Visitor ANONYMOUS = new Visitor(Optional.empty(), Set.of());

  /** Copies the roles. */
  public Visitor {
    roles = Set.copyOf(roles);
  }
}
