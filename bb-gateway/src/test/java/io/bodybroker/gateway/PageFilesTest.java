package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.testkit.NatsServer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page: how they are sent, and that there are no others. */
class PageFilesTest extends WithLibrary {
  private static final Pattern FILE = Pattern.compile("/page/[^\"]+");

  @Test
  void keepsItsFilesForEverAndItselfNot() throws Exception {
    var page = running.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");

    var files = FILE.matcher(page.body()).results().map(MatchResult::group).distinct().toList();
    assertThat(files).hasSize(6);
    for (String path : files) {
      var file = running.get(path, "Accept-Encoding", "gzip");
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
      assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(Integer.parseInt(file.headers().firstValue("Content-Length").orElse("")))
          .isLessThan(500_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/",
        "/page/page.js",
        "/page/index.html",
        "/index.html",
        "/page/swagger-ui-5.34.1/../page.properties",
        "/page/%2e%2e/page.properties",
        "/page/..%2fpage.properties",
        "/page/x/..%5c..%5cpage.properties",
        "/META-INF/MANIFEST.MF",
        "/io/bodybroker/gateway/GatewayApp.class"
      })
  void servesNoOtherFile(String path) throws Exception {
    String answer = RawHttp.send(running.gateway.port(), "GET " + path + " HTTP/1.1");

    assertThat(answer).containsPattern("^HTTP/1.1 40[04] ").contains("application/problem+json");
  }

  @Test
  void isNotThereWhenSwitchedOff(NatsServer nats) throws Exception {
    try (var without =
        RunningGateway.start(
            nats.url(), gateway -> gateway.config(RunningGateway.settings().page(false).build()))) {
      assertThat(without.get("/").statusCode()).isEqualTo(404);
      assertThat(without.get("/openapi.json").statusCode()).isEqualTo(200);
    }
  }
}
