package io.bodybroker.protoc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Turns the names of a contract into Java names.
 *
 * <p>Only the first word of an rpc changes its letters, so that {@code GetHTTPStatus} is found in
 * both worlds as {@code getHTTPStatus}. A name that Java or the generated types already use gets a
 * {@code _} at its end. That depends on the name alone, never on what else the contract declares,
 * so a new rpc cannot rename an old one.
 */
final class JavaNames {
  /** Where the SDK sees words too, when it derives subjects; both must agree. */
  private static final Pattern WORD_START =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private static final Set<String> METHODS_OF_OBJECT =
      Set.of(
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");

  private static final Set<String> METHODS_OF_GENERATED_TYPES =
      Set.of("binding", "on", "withOptions");

  private static final Set<String> CONSTANTS_OF_GENERATED_TYPES = Set.of("CONTRACT", "DESCRIPTOR");

  private JavaNames() {}

  /** {@code WeatherManager} is {@code weather-manager}: the name on the wire. */
  static String wireService(String service) {
    return WORD_START.matcher(service).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  /** {@code GetWeather} is {@code get_weather}: the name on the wire. */
  static String wireEndpoint(String rpc) {
    return WORD_START.matcher(rpc).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /**
   * {@code WeatherManager} stays, {@code weather_manager} becomes it: what the names of generated
   * types start with.
   */
  static String typePrefix(String service) {
    return words(service).map(JavaNames::capitalized).collect(Collectors.joining());
  }

  /** {@code GetWeather} is {@code getWeather}, {@code Import} is {@code import_}. */
  static String method(String rpc) {
    String name = camelCase(rpc);
    if (!SourceVersion.isIdentifier(name)) {
      name = "_" + name;
    }
    boolean isTaken =
        SourceVersion.isKeyword(name)
            || METHODS_OF_OBJECT.contains(name)
            || METHODS_OF_GENERATED_TYPES.contains(name);
    return isTaken ? name + "_" : name;
  }

  /** {@code GetWeather} is {@code getWeatherAsync}, {@code Import} is {@code importAsync}. */
  static String asyncMethod(String rpc) {
    String name = camelCase(rpc) + "Async";
    return SourceVersion.isIdentifier(name) ? name : "_" + name;
  }

  /** {@code GetWeather} is {@code GET_WEATHER}. */
  static String constant(String rpc) {
    String name = wireEndpoint(rpc).toUpperCase(Locale.ROOT);
    boolean isTaken = SourceVersion.isKeyword(name) || CONSTANTS_OF_GENERATED_TYPES.contains(name);
    return isTaken ? name + "_" : name;
  }

  private static String camelCase(String rpc) {
    String joined = words(rpc).map(JavaNames::capitalized).collect(Collectors.joining());
    String firstWord = words(rpc).findFirst().map(JavaNames::upToNextWord).orElse("");
    return firstWord.toLowerCase(Locale.ROOT) + joined.substring(firstWord.length());
  }

  private static String upToNextWord(String text) {
    return WORD_START.split(text, 2)[0];
  }

  private static Stream<String> words(String name) {
    return Arrays.stream(name.split("_")).filter(word -> !word.isEmpty());
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
