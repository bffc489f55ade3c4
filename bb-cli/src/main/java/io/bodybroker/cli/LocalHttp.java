package io.bodybroker.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** A question to a server of ours on this machine. */
final class LocalHttp {
  private static final int TIMEOUT_MILLIS = 1000;

  private LocalHttp() {}

  /** Whether a GET is answered with 200; false also while nobody listens. */
  static boolean answersOk(int port, String path) {
    try {
      var url = URI.create("http://127.0.0.1:" + port + path).toURL();
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
