package io.bodybroker.sdk.backup;

/**
 * A file of a backup, and how one knows that it is as it was written.
 *
 * @param name within the backup's directory
 * @param bytes how long it is
 * @param sha256 of all of it, as 64 hexadecimal digits
 */
public record BackupFile(String name, long bytes, String sha256) {}
