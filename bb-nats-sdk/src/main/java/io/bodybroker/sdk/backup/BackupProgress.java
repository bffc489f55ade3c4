package io.bodybroker.sdk.backup;

/** Hears how far a backup or a restore is. Called often, on the thread that does the work. */
@FunctionalInterface
public interface BackupProgress {
  /** For who does not want to know. */
  BackupProgress NONE = (stream, step, done, total) -> {};

  /** What is being done. */
  enum Step {
    /** A file is compared with its hash; in bytes. */
    CHECKING,
    /** The server sends its snapshot; in bytes, of about so many. */
    SAVING,
    /** The messages on the server are read; in sequences. */
    READING,
    /** The server gets its snapshot back; in bytes. */
    RESTORING
  }

  /**
   * So much is done.
   *
   * @param stream whose turn it is
   * @param total what {@code done} will be at the end
   */
  void progressed(String stream, Step step, long done, long total);
}
