package io.bodybroker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.auth.v1.Role;
import io.bodybroker.sdk.rpc.MethodAccess;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A role that nobody can be granted opens a method to nobody; contracts name those there are. */
class RolesTest {
  private static final Set<String> GRANTED =
      Arrays.stream(Role.values())
          .filter(role ->
              !EnumSet.of(Role.ROLE_UNSPECIFIED, Role.PLAYER, Role.UNRECOGNIZED).contains(role))
          .map(role -> role.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private static List<RpcMethod<?, ?>> withRoles() {
    return ServiceContract.onClassPath().stream()
        .flatMap(contract -> contract.methods().stream())
        .filter(method -> method.access().map(MethodAccess::roles).map(Set::size).orElse(0) > 0)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyRoleOfAnAccessCanBeGranted() {
    return withRoles().stream()
        .map(method ->
            DynamicTest.dynamicTest(
                method.toString(),
                () ->
                    assertThat(method.access().orElseThrow().roles())
                        .as("roles of %s", method)
                        .isSubsetOf(GRANTED)));
  }

  @Test
  void seesTheRolesOfContracts() {
    assertThat(GRANTED).containsExactlyInAnyOrder("operator", "service");
    assertThat(withRoles()).extracting(Object::toString).anyMatch(name -> name.contains("auth"));
  }
}
