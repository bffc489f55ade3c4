/**
 * What an NPC is, {@link io.bodybroker.npcbehavior.mind.Mind}, and what it decides, {@link
 * io.bodybroker.npcbehavior.mind.Planner}: values and pure functions, without store or clock. Uses
 * the contract's messages.
 */
@NullMarked
package io.bodybroker.npcbehavior.mind;

import org.jspecify.annotations.NullMarked;
