package io.bodybroker.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JavaNamesTest {
  @ParameterizedTest
  @CsvSource({
    "GetWeather,    get_weather,     getWeather,    getWeatherAsync,    GET_WEATHER",
    "getWeather,    get_weather,     getWeather,    getWeatherAsync,    GET_WEATHER",
    "Get_Weather,   get_weather,     getWeather,    getWeatherAsync,    GET_WEATHER",
    "GetHTTPStatus, get_http_status, getHTTPStatus, getHTTPStatusAsync, GET_HTTP_STATUS",
    "AIQuery,       ai_query,        aiQuery,       aiQueryAsync,       AI_QUERY",
    "GetV2Items,    get_v2_items,    getV2Items,    getV2ItemsAsync,    GET_V2_ITEMS",
    "Import,        import,          import_,       importAsync,        IMPORT",
    "Null,          null,            null_,         nullAsync,          NULL",
    "GetClass,      get_class,       getClass_,     getClassAsync,      GET_CLASS",
    "Wait,          wait,            wait_,         waitAsync,          WAIT",
    "Binding,       binding,         binding_,      bindingAsync,       BINDING",
    "WithOptions,   with_options,    withOptions_,  withOptionsAsync,   WITH_OPTIONS",
    "Contract,      contract,        contract,      contractAsync,      CONTRACT_",
    "Descriptor,    descriptor,      descriptor,    descriptorAsync,    DESCRIPTOR_",
    "_1,            _1,              _1,            _1Async,            _1",
  })
  void namesMethodsAfterRpcs(
      String rpc, String endpoint, String method, String asyncMethod, String constant) {
    assertThat(JavaNames.wireEndpoint(rpc)).isEqualTo(endpoint);
    assertThat(JavaNames.method(rpc)).isEqualTo(method);
    assertThat(JavaNames.asyncMethod(rpc)).isEqualTo(asyncMethod);
    assertThat(JavaNames.constant(rpc)).isEqualTo(constant);
  }

  @ParameterizedTest
  @CsvSource({
    "WeatherManager, weather-manager, WeatherManager",
    "AIRouter,       ai-router,       AIRouter",
    "weather,        weather,         Weather",
    "world_state,    world_state,     WorldState",
  })
  void namesTypesAfterServices(String service, String wireName, String prefix) {
    assertThat(JavaNames.wireService(service)).isEqualTo(wireName);
    assertThat(JavaNames.typePrefix(service)).isEqualTo(prefix);
  }
}
