/** body-broker-integration. */
@NullMarked
package io.bodybroker.bodybrokerintegration;

import org.jspecify.annotations.NullMarked;
