/** Holds the pages of the project against the project. */
@NullMarked
package io.bodybroker.documentation;

import org.jspecify.annotations.NullMarked;
