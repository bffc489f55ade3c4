/** Holds the dashboard and the page about metrics against what programs really print. */
@NullMarked
package io.bodybroker.observability;

import org.jspecify.annotations.NullMarked;
