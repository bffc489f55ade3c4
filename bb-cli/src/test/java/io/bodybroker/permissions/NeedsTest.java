package io.bodybroker.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.ServiceOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.bodybroker.cli.permissions.Grants;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.sdk.rpc.RpcMethod;
import io.bodybroker.sdk.rpc.ServiceContract;
import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.v1.ContractProto;
import io.bodybroker.sdk.v1.Needs;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A contract's {@code needs} are what the code does: no more, so that nothing is permitted in vain.
 */
class NeedsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.bodybroker");

  static Stream<ServiceModule> modules() {
    return ServiceLoader.load(ServiceModule.class).stream().map(ServiceLoader.Provider::get);
  }

  private static Needs needs(ServiceModule module) {
    return Grants.needs(ConfiguredModule.of(module).contract());
  }

  /** The module's own classes; generated ones of contracts lie below its package, too. */
  private static List<JavaClass> classes(ServiceModule module) {
    String root = module.getClass().getPackageName();
    return CLASSES.stream()
        .filter(one -> (one.getPackageName() + ".").startsWith(root + "."))
        .filter(one -> !one.getPackageName().endsWith(".v1"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void storesJournalsAndConsumersAreThoseThatTheModuleOpens(ServiceModule module) {
    var configured = ConfiguredModule.of(module);

    assertThat(needs(module).getStoresList())
        .containsExactlyInAnyOrderElementsOf(configured.stores());
    assertThat(needs(module).getJournalsList())
        .containsExactlyInAnyOrderElementsOf(configured.journals());
    assertThat(needs(module).getConsumesList())
        .containsExactlyInAnyOrderElementsOf(configured.consumptions());
    assertThat(needs(module).getTopicsList())
        .containsExactlyInAnyOrderElementsOf(configured.topics());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void callsAreThoseThatItsClassesMake(ServiceModule module) {
    Set<String> made =
        classes(module).stream()
            .flatMap(one -> one.getMethodCallsFromSelf().stream())
            .flatMap(call -> called(call).stream())
            .collect(Collectors.toSet());

    assertThat(needs(module).getCallsList()).containsExactlyInAnyOrderElementsOf(made);
  }

  /** A method of a generated client is named like the contract's, but for its first letter. */
  private static Optional<String> called(JavaMethodCall call) {
    for (ServiceContract contract : ServiceContract.onClassPath()) {
      String client =
          contract.descriptor().getFile().getOptions().getJavaPackage()
              + "."
              + contract.descriptor().getName()
              + "Client";
      if (!call.getTargetOwner().getName().equals(client)) {
        continue;
      }
      for (RpcMethod<?, ?> method : contract.methods()) {
        String name = call.getName();
        if (name.equalsIgnoreCase(method.name())
            || name.equalsIgnoreCase(method.name() + "Async")) {
          return Optional.of(method.descriptor().getFullName());
        }
      }
    }
    return Optional.empty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void publishedEventsAreThoseThatItsClassesBuild(ServiceModule module) {
    Set<String> built =
        classes(module).stream()
            .flatMap(one -> one.getMethodCallsFromSelf().stream())
            .filter(call -> call.getName().equals("newBuilder"))
            .flatMap(call -> event(call.getTargetOwner()).stream())
            .collect(Collectors.toSet());

    assertThat(needs(module).getPublishesList()).containsExactlyInAnyOrderElementsOf(built);
  }

  private static Optional<String> event(JavaClass type) {
    if (!type.isAssignableTo(Message.class)) {
      return Optional.empty();
    }
    try {
      var descriptor = (Descriptor) type.reflect().getMethod("getDescriptor").invoke(null);
      return descriptor.getOptions().hasExtension(ContractProto.event)
          ? Optional.of(descriptor.getFullName())
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  @Test
  void findsWhatTheCodeDoes() {
    Set<String> all =
        modules()
            .flatMap(module -> classes(module).stream())
            .flatMap(one -> one.getMethodCallsFromSelf().stream())
            .flatMap(call -> called(call).stream())
            .collect(Collectors.toSet());

    assertThat(all).contains("bodybroker.time_manager.v1.TimeManager.GetTime");
    assertThat(ServiceOptions.getDefaultInstance().hasExtension(ContractProto.needs)).isFalse();
  }

  @Test
  void everyNeedNamesSomethingThatThereIs() {
    assertThat(new Grants(ServiceContract.onClassPath(), StreamCatalog.onClassPath()).all())
        .hasSize(ServiceContract.onClassPath().size() + 2);
    assertThatThrownBy(() ->
            new Grants(
                    ServiceContract.onClassPath().stream()
                        .filter(contract -> contract.name().equals("weather-manager"))
                        .toList(),
                    StreamCatalog.onClassPath())
                .all())
        .hasMessageContaining("needs to call \"bodybroker.time_manager.v1.TimeManager.GetTime\"");
  }
}
