/**
 * What the published modules show to their users, held against what was recorded in {@code
 * baseline/api}: each change shows in a review, and one that breaks users is named as such.
 */
@NullMarked
package io.bodybroker.api;

import org.jspecify.annotations.NullMarked;
