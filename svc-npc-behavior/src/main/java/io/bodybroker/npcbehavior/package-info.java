/** npc-behavior. */
@NullMarked
package io.bodybroker.npcbehavior;

import org.jspecify.annotations.NullMarked;
