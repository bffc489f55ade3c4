package io.bodybroker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.gateway.browser.Chromium;
import io.bodybroker.gateway.browser.Tab;
import io.bodybroker.testkit.Await;
import io.bodybroker.testkit.NatsServer;
import io.bodybroker.testkit.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at {@code /}, in a real browser. */
@TestServers(jetStream = false)
class PageTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Path PICTURES = Path.of("target", "screenshots");

  private static Chromium browser;
  private static RunningGateway running;
  private Tab tab;

  @BeforeAll
  static void start(NatsServer nats, @TempDir Path folder) throws Exception {
    running = RunningGateway.start(nats.url()).serve();
    browser = Chromium.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    browser.close();
    running.close();
  }

  @BeforeEach
  void open() throws Exception {
    tab = browser.open(1280, 900);
    tab.visit(address("/"));
    tab.awaitText(".opblock-summary-path", "/v1/echo");
  }

  @AfterEach
  void complainsOfNothingAndTalksToNobodyElse() {
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.requests())
        .isNotEmpty()
        .allMatch(url -> url.startsWith(address("/")) || url.startsWith("data:"));
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + running.gateway.port() + path;
  }

  @Test
  void listsEveryRouteAndMarksThoseThatStream() throws Exception {
    assertThat(tab.evaluate("document.title")).contains("Body Broker");
    assertThat(tab.text(".masthead h1")).isEqualTo("The Body Broker");
    assertThat(tab.text(".opblock-summary-path"))
        .contains("/v1/shelves/{shelf_id}/books", "/v1/books/{book_id}:lend", "/v1/echo");
    assertThat(tab.text(".opblock:has(.live-mark) .opblock-summary-path").lines())
        .containsExactlyInAnyOrder(
            "/v1/books/{book_id}/pages", "/v1/books/{book_id}/loans", "/v1/books/{book_id}/loans");
    tab.screenshot(PICTURES.resolve("routes.png"));

    tab.type(".operation-filter-input", "loans");

    Await.until(
        BOUND,
        "only the routes with that word",
        () -> !tab.text(".opblock-summary-path").contains("echo"));
    assertThat(tab.text(".opblock-summary-path")).contains("/v1/books/{book_id}/loans");
  }

  @Test
  void showsTheAnswerOfARoute() throws Exception {
    tab.click(block("GetBook") + " .opblock-summary-control");
    tab.type(block("GetBook") + " tr[data-param-name=shelf_id] input", "s1");
    tab.type(block("GetBook") + " tr[data-param-name=book_id] input", "b7");
    tab.click(block("GetBook") + " .execute");

    tab.awaitText(block("GetBook") + " .live-responses-table", "\"title\": \"Shelf s1\"");
    assertThat(tab.text(block("GetBook") + " .live-responses-table"))
        .contains("200", "x-request-id");
    tab.screenshot(PICTURES.resolve("answer.png"));
  }

  @Test
  void showsTheProblemOfARequestThatIsRefused() throws Exception {
    tab.click(block("GetBook") + " .opblock-summary-control");
    tab.type(block("GetBook") + " tr[data-param-name=shelf_id] input", "s1");
    tab.type(block("GetBook") + " tr[data-param-name=book_id] input", "NOT_FOUND");
    tab.click(block("GetBook") + " .execute");

    tab.awaitText(block("GetBook") + " .live-responses-table", "\"code\": \"NOT_FOUND\"");
    tab.screenshot(PICTURES.resolve("problem.png"));
  }

  @Test
  void showsMessagesOfAStreamAsTheyComeUntilItIsStopped() throws Exception {
    for (String form : List.of("text/event-stream", "application/x-ndjson")) {
      String route = block("FollowLoans_2");
      open();
      tab.click(route + " .opblock-summary-control");
      tab.type(route + " tr[data-param-name=book_id] input", "b7");
      choose(route + " .response-control-media-type select", form);
      tab.click(route + " .execute");

      tab.awaitText(route + " .live-messages", "\"begin\"");
      running.library.loans.add("to ada");
      tab.awaitText(route + " .live-messages", "\"to ada\"");
      running.library.loans.add("to grace");
      tab.awaitText(route + " .live-messages", "\"to grace\"");
      assertThat(tab.text(route + " .live-state")).isEqualTo("live");
      assertThat(running.library.streaming.get()).isEqualTo(1);
      tab.scrollTo(route);
      tab.screenshot(PICTURES.resolve("stream.png"));

      tab.click(route + " .live-stop");

      tab.awaitText(route + " .live-state", "stopped");
      Await.until(BOUND, "the work to stop", () -> running.library.streaming.get() == 0);
      tab.awaitText(route + " .live-responses-table", "3 messages, stopped");
    }
  }

  @Test
  void showsHowAStreamHasEnded() throws Exception {
    String route = block("ReadBook");
    tab.click(route + " .opblock-summary-control");
    tab.type(route + " tr[data-param-name=book_id] input", "ABORTED");
    tab.type(route + " tr[data-param-name=pages] input", "2");
    tab.click(route + " .execute");
    tab.awaitText(route + " .live-problem", "\"code\": \"ABORTED\"");
    assertThat(tab.text(route + " .live-count")).isEqualTo("2 messages");

    tab.type(route + " tr[data-param-name=book_id] input", "b");
    tab.click(route + " .execute");
    tab.awaitText(route + " .live-state", "ended");
    assertThat(tab.text(route + " .live-id")).isEqualTo("1\n2");

    tab.type(route + " tr[data-param-name=book_id] input", "PERMISSION_DENIED");
    tab.type(route + " tr[data-param-name=pages] input", "0");
    tab.click(route + " .execute");
    tab.awaitText(route + " .live-responses-table", "\"code\": \"PERMISSION_DENIED\"");
    assertThat(tab.text(route + " .live")).isEmpty();
  }

  @Test
  void fitsAPhoneAndADarkRoom() throws Exception {
    tab = browser.open(390, 844);
    tab.darken();
    tab.visit(address("/"));
    tab.awaitText(".opblock-summary-path", "/v1/echo");
    tab.click(block("GetBook") + " .opblock-summary-control");
    tab.type(block("GetBook") + " tr[data-param-name=book_id] input", "b7");

    assertThat(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .isEqualTo("true");
    assertThat(tab.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        .isEqualTo("rgb(17, 24, 23)");
    tab.evaluate("scrollTo(0, 0)");
    tab.screenshot(PICTURES.resolve("phone.png"));
    tab.scrollTo(block("GetBook"));
    tab.screenshot(PICTURES.resolve("phone-route.png"));
  }

  @Test
  void isUsedByKeyboardAlone() throws Exception {
    tab.evaluate("document.querySelector('.operation-filter-input').focus()");
    for (int i = 0;
        i < 40
            && !tab.evaluate("document.activeElement.className")
                .contains("opblock-summary-control");
        i++) {
      tab.press("Tab");
    }
    tab.press("Enter");
    tab.awaitText(".opblock.is-open .execute", "Execute");
  }

  /** Chooses from a list, as a person does with a mouse. */
  private void choose(String selector, String value) throws Exception {
    tab.evaluate(
        """
        (() => {
          const list = document.querySelector('%s');
          list.value = '%s';
          list.dispatchEvent(new Event('change', { bubbles: true }));
        })()
        """
            .formatted(selector, value));
  }

  private static String block(String method) {
    return "#operations-Library-Library_" + method;
  }
}
