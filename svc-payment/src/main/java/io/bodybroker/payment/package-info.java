/** payment. */
@NullMarked
package io.bodybroker.payment;

import org.jspecify.annotations.NullMarked;
