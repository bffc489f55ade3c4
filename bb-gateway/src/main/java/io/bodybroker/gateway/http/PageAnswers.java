package io.bodybroker.gateway.http;

import io.bodybroker.gateway.page.PageFile;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Answers with files of the page, each made once and then kept. */
final class PageAnswers {
  /** Only files of ours run, and they talk to us only (W3C Content Security Policy 3). */
  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'");

  private PageAnswers() {}

  static Supplier<Answer> of(PageFile file) {
    return new Once(file);
  }

  private static Answer answer(PageFile file) {
    var headers = new HashMap<String, String>();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(
        "Cache-Control", file.isVersioned() ? "public, max-age=31536000, immutable" : "no-cache");
    byte[] content = file.content().get();
    return new Answer(200, file.mediaType(), content, Map.copyOf(headers)).compressed();
  }

  /** Two who ask first at once make it twice, which costs less than a lock each time. */
  private static final class Once implements Supplier<Answer> {
    private final PageFile file;
    private volatile Answer made = Answer.empty(204, Map.of());

    Once(PageFile file) {
      this.file = file;
    }

    @Override
    public Answer get() {
      if (made.body().length == 0) {
        made = answer(file);
      }
      return made;
    }
  }
}
