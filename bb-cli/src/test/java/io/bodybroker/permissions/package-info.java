/** Contracts say what services need, and permissions derived from that let them do it. */
@NullMarked
package io.bodybroker.permissions;

import org.jspecify.annotations.NullMarked;
