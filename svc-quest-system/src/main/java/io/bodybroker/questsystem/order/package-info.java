/**
 * How a quest is made: {@link io.bodybroker.questsystem.order.QuestMaker}, a pure function of
 * {@link io.bodybroker.questsystem.order.Circumstances}, difficulty and seed. What the families
 * order is the table in {@link io.bodybroker.questsystem.order.Orders}. Uses the contract's
 * messages.
 */
@NullMarked
package io.bodybroker.questsystem.order;

import org.jspecify.annotations.NullMarked;
