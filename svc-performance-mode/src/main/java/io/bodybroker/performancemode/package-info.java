/** performance-mode. */
@NullMarked
package io.bodybroker.performancemode;

import org.jspecify.annotations.NullMarked;
