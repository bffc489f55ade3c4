/** capability-registry. */
@NullMarked
package io.bodybroker.capabilityregistry;

import org.jspecify.annotations.NullMarked;
