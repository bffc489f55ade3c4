/**
 * Backups of what JetStream keeps: streams, the durable buckets and the dead-letter queue among
 * them, with their consumers' positions, as files, and back into an empty cluster.
 *
 * <p>Start with {@link io.bodybroker.sdk.backup.Backups}. Depends on {@code connection}, {@code
 * error} and {@code internal}.
 */
@NullMarked
package io.bodybroker.sdk.backup;

import org.jspecify.annotations.NullMarked;
