package io.bodybroker.auth;

import io.bodybroker.sdk.error.ServiceException;
import java.util.regex.Pattern;

/** What a page of sessions begins after. */
final class Pages {
  private static final Pattern TOKEN = Pattern.compile("0|[1-9][0-9]{0,17}");

  private Pages() {}

  /**
   * The sequence before which a page begins.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} if the text was not answered as a token
   */
  static long before(String token) {
    if (token.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (!TOKEN.matcher(token).matches()) {
      throw ServiceException.invalidArgument(
          "page_token", token, "the next_page_token of the page before");
    }
    return Long.parseLong(token);
  }
}
