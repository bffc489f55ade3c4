/**
 * The {@code bb} command: runs everything on one machine, calls services and looks at what runs.
 *
 * <p>{@link io.bodybroker.cli.Main} dispatches to one class for each command. Services are found on
 * the class path, so a new one is a dependency in this module's POM and nothing else.
 */
@NullMarked
package io.bodybroker.cli;

import org.jspecify.annotations.NullMarked;
