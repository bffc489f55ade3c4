/** auth. */
@NullMarked
package io.bodybroker.auth;

import org.jspecify.annotations.NullMarked;
