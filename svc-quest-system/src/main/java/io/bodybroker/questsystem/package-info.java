/**
 * quest-system: orders of the Dark World's families as quests, from the offer to the reward.
 *
 * <p>{@link io.bodybroker.questsystem.QuestSystem} answers the calls. How a quest is made is in
 * {@code order}, what becomes of it in {@code journal}; neither knows a store. {@link
 * io.bodybroker.questsystem.Journals} writes journals by compare-and-set, {@link
 * io.bodybroker.questsystem.DeedListener} tells them what players do, and {@link
 * io.bodybroker.questsystem.OpenMatters} sees to what is due: rewards and deadlines.
 */
@NullMarked
package io.bodybroker.questsystem;

import org.jspecify.annotations.NullMarked;
