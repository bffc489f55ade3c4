/**
 * What becomes of a player's quests: {@link io.bodybroker.questsystem.journal.Journal}, a value
 * that each call and each {@link io.bodybroker.questsystem.journal.Deed} makes another one of.
 * Knows no store and no clock.
 */
@NullMarked
package io.bodybroker.questsystem.journal;

import org.jspecify.annotations.NullMarked;
