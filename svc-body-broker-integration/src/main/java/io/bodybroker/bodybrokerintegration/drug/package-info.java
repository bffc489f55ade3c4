/**
 * What families pay with: the table of drugs, and what comes of two taken together.
 *
 * <p>Start with {@link io.bodybroker.bodybrokerintegration.drug.DrugProfile}. May use the
 * contract's enums.
 */
@NullMarked
package io.bodybroker.bodybrokerintegration.drug;

import org.jspecify.annotations.NullMarked;
