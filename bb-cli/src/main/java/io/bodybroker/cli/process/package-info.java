/**
 * The project's programs as processes of their own, as in production: what {@code up --processes}
 * and the soaks share.
 *
 * <p>{@link io.bodybroker.cli.process.Program} tells what there is, {@link
 * io.bodybroker.cli.process.ProgramProcess} is one run of it. Depends on services, gateway and
 * {@code bb-testkit} only.
 */
@NullMarked
package io.bodybroker.cli.process;

import org.jspecify.annotations.NullMarked;
