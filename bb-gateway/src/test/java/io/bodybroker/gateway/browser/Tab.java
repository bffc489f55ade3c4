package io.bodybroker.gateway.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Struct;
import io.bodybroker.gateway.json.JsonText;
import io.bodybroker.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One page as a person has it before them: what it shows, and what it does when clicked and typed
 * into. Elements are named by CSS selectors.
 */
public final class Tab {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final Chromium browser;
  private final String session;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Tab(Chromium browser, String session, int width, int height) throws InterruptedException {
    this.browser = browser;
    this.session = session;
    browser.onEvent(this::take);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", Map.of());
    }
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  private Struct send(String method, Map<String, Object> params) throws InterruptedException {
    return browser.send(session, method, params);
  }

  private void take(Struct event) {
    if (!Chromium.text(event, "sessionId").equals(session)) {
      return;
    }
    Struct params = Chromium.struct(event, "params");
    switch (Chromium.text(event, "method")) {
      case "Network.requestWillBeSent" ->
          requests.add(Chromium.text(Chromium.struct(params, "request"), "url"));
      case "Runtime.exceptionThrown" -> complaints.add(params.toString());
      case "Runtime.consoleAPICalled" -> {
        if (Chromium.text(params, "type").equals("error")) {
          complaints.add(params.toString());
        }
      }
      case "Log.entryAdded" -> {
        Struct entry = Chromium.struct(params, "entry");
        // That an answer was a 400 is logged, too, and is no fault of the page.
        boolean isOfPage = !Chromium.text(entry, "source").equals("network");
        if (isOfPage && Chromium.text(entry, "level").equals("error")) {
          complaints.add(Chromium.text(entry, "text"));
        }
      }
      default -> {}
    }
  }

  /** Every address that was asked for so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Errors on the console so far, those of the content security policy among them. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** As if the person liked a dark screen. */
  public void darken() throws InterruptedException {
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** Goes to an address. */
  public void visit(String url) throws InterruptedException {
    send("Page.navigate", Map.of("url", url));
  }

  /** What a JavaScript expression is, as text. */
  public String evaluate(String expression) throws InterruptedException {
    var result =
        send("Runtime.evaluate", Map.of("expression", "String(" + expression.strip() + ")"));
    if (result.containsFields("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result);
    }
    return Chromium.text(Chromium.struct(result, "result"), "value");
  }

  /** All text of the elements of a selector, without marks of where lines may break. */
  public String text(String selector) throws InterruptedException {
    return evaluate(
        "[...document.querySelectorAll(%s)].map((e) => e.innerText).join('\\n').replaceAll('\\u200b', '')"
            .formatted(JsonText.of(selector)));
  }

  /** Waits until elements of a selector say something. */
  public void awaitText(String selector, String wanted) {
    Await.untilSeen(
        BOUND,
        "\"" + wanted + "\" in " + selector,
        () -> text(selector),
        is -> is.contains(wanted));
  }

  /** Waits for an element, brings it into view and clicks it, as a mouse does. */
  public void click(String selector) throws InterruptedException {
    Await.until(BOUND, "something to click: " + selector, () -> isEnabled(selector));
    String place =
        evaluate(
            """
            ((element) => {
              element.scrollIntoView({ block: 'center' });
              const box = element.getBoundingClientRect();
              return `${Math.round(box.x + box.width / 2)} ${Math.round(box.y + box.height / 2)}`;
            })(%s)
            """
                .formatted(element(selector)));
    int space = place.indexOf(' ');
    for (String type : List.of("mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              Integer.valueOf(place.substring(0, space)),
              "y",
              Integer.valueOf(place.substring(space + 1)),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  private boolean isEnabled(String selector) throws InterruptedException {
    return evaluate("%s && !%1$s.disabled".formatted(element(selector))).equals("true");
  }

  /** Types into an element, as a keyboard does. */
  public void type(String selector, String text) throws InterruptedException {
    Await.until(BOUND, "something to type into: " + selector, () -> isEnabled(selector));
    evaluate("(%s.focus(), %1$s.select && %1$s.select())".formatted(element(selector)));
    send("Input.insertText", Map.of("text", text));
  }

  /** Presses a key, such as {@code Tab} or {@code Enter}, wherever the focus is. */
  public void press(String key) throws InterruptedException {
    String text = key.equals("Enter") ? "\r" : "";
    for (String type : List.of("keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              key.equals("Enter") ? 13 : 9,
              "text",
              type.equals("keyDown") ? text : ""));
    }
  }

  private static String element(String selector) {
    return "document.querySelector(%s)".formatted(JsonText.of(selector));
  }

  /** Scrolls so that an element is at the top. */
  public void scrollTo(String selector) throws InterruptedException {
    evaluate("%s.scrollIntoView({block: 'start'})".formatted(element(selector)));
  }

  /** A picture of what is in view, as PNG. */
  public Path screenshot(Path file) throws IOException, InterruptedException {
    String data = Chromium.text(send("Page.captureScreenshot", Map.of()), "data");
    Files.createDirectories(file.getParent());
    return Files.write(file, Base64.getDecoder().decode(data.getBytes(UTF_8)));
  }
}
