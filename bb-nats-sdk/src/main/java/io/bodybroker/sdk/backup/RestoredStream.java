package io.bodybroker.sdk.backup;

import java.util.List;

/**
 * A stream after it was restored, compared with what the backup's manifest says; or one that would
 * be, in a dry run.
 *
 * @param name of the stream
 * @param messages how many it has now
 * @param verified how many of them are certainly as they were: sequence, time, subject, headers and
 *     payload
 * @param expired how many the server has dropped at once, because they are older than the stream
 *     keeps them
 * @param consumers how many durable consumers stand where they stood
 * @param differences what is not as it was, in words; empty if all is
 */
public record RestoredStream(
    String name,
    long messages,
    long verified,
    long expired,
    int consumers,
    List<String> differences) {

  /** With the list copied. */
  public RestoredStream {
    differences = List.copyOf(differences);
  }
}
