/**
 * npc-behavior: what non-player characters are like, whom they like, and what they do next.
 *
 * <p>{@link io.bodybroker.npcbehavior.NpcBehavior} answers the calls. What an NPC is and what it
 * decides is in {@code mind}, which knows no store; {@link io.bodybroker.npcbehavior.Npcs} writes
 * NPCs by compare-and-set, {@link io.bodybroker.npcbehavior.Homes} knows who lives where.
 */
@NullMarked
package io.bodybroker.npcbehavior;

import org.jspecify.annotations.NullMarked;
