/** quest-system. */
@NullMarked
package io.bodybroker.questsystem;

import org.jspecify.annotations.NullMarked;
