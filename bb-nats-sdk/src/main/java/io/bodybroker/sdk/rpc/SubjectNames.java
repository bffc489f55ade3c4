package io.bodybroker.sdk.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Derives every name on the wire from a descriptor; nothing is mapped by hand anywhere. */
final class SubjectNames {
  private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*");
  private static final Pattern WORD_START =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private SubjectNames() {}

  /**
   * {@code WeatherManager} is {@code weather-manager}: the same object for all of its methods, so
   * that looking for what belongs to a service compares no characters.
   */
  static String service(ServiceDescriptor service) {
    return WORD_START.matcher(service.getName()).replaceAll("-").toLowerCase(Locale.ROOT).intern();
  }

  /** {@code GetWeather} is {@code get_weather}. */
  static String endpoint(MethodDescriptor method) {
    return WORD_START.matcher(method.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /** The last part of the protobuf package, {@code v1}. */
  static String version(ServiceDescriptor service) {
    String protoPackage = service.getFile().getPackage();
    String version = protoPackage.substring(protoPackage.lastIndexOf('.') + 1);
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "package \"%s\" of service %s does not end in a version (expected: for example \"%s.v1\")"
              .formatted(protoPackage, service.getName(), protoPackage));
    }
    return version;
  }

  static String queueGroup(ServiceDescriptor service) {
    return "svc-" + service(service) + "-workers";
  }

  static String subject(MethodDescriptor method) {
    var service = method.getService();
    return "svc." + service(service) + "." + version(service) + "." + endpoint(method);
  }
}
