/**
 * Proofs that nothing is lost: processes and servers are killed while events, documents or dead
 * letters are on their way, and in the end everything is counted from the outside.
 *
 * <p>Start with {@link io.bodybroker.cli.proof.Proof}. What runs in processes of its own are the
 * {@code …Program} classes; they use the SDK as a service does. Whoever counts, {@link
 * io.bodybroker.cli.proof.Witness}, does not use it. Depends on {@code soak} for what a promise is.
 */
@NullMarked
package io.bodybroker.cli.proof;

import org.jspecify.annotations.NullMarked;
