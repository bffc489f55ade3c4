/**
 * Rules about the whole tree. {@code io.bodybroker.fixture} breaks each of them, to prove that they
 * can fail.
 */
@NullMarked
package io.bodybroker.architecture;

import org.jspecify.annotations.NullMarked;
