/** Tests of the proofs: that they hold, and that what is broken is found. */
@NullMarked
package io.bodybroker.cli.proof;

import org.jspecify.annotations.NullMarked;
