package io.bodybroker.questsystem;

import io.bodybroker.bodybrokerintegration.v1.DealCompleted;
import io.bodybroker.bodybrokerintegration.v1.FamilyUnlocked;
import io.bodybroker.bodybrokerintegration.v1.HarvestCompleted;
import io.bodybroker.bodybrokerintegration.v1.KillRecorded;
import io.bodybroker.npcbehavior.v1.InteractionKind;
import io.bodybroker.npcbehavior.v1.InteractionRecorded;
import io.bodybroker.questsystem.journal.Deed;
import io.bodybroker.questsystem.journal.Journal;
import io.bodybroker.sdk.event.Delivery;
import io.bodybroker.sdk.time.ProtoTimes;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * Tells the journals what players did. An event that comes again changes nothing: quests remember
 * which counted for them, and what else is told is a state, not a step.
 *
 * <p>Thread-safe.
 */
final class DeedListener {
  private final Journals journals;
  private final InstantSource time;

  DeedListener(Journals journals, InstantSource time) {
    this.journals = journals;
    this.time = time;
  }

  void heard(KillRecorded event, Delivery delivery) {
    var corpse = event.getCorpse();
    var at = ProtoTimes.instant(event.getRecordedAt());
    var deed =
        new Deed(delivery.id(), at, new Deed.Kill(corpse.getTargetMorality(), corpse.getMethod()));
    tell(event.getPlayerId(), deed, journal -> journal.walking(event.getMoralPath(), at));
  }

  void heard(HarvestCompleted event, Delivery delivery) {
    var parts =
        event.getPartsList().stream()
            .map(part -> new Deed.Part(part.getType(), part.getGrade()))
            .toList();
    var at = ProtoTimes.instant(event.getHarvestedAt());
    tell(event.getPlayerId(), new Deed(delivery.id(), at, new Deed.Harvest(parts)));
  }

  void heard(DealCompleted event, Delivery delivery) {
    var parts =
        event.getPartsList().stream()
            .map(part -> new Deed.Part(part.getType(), part.getGrade()))
            .toList();
    var at = ProtoTimes.instant(event.getCompletedAt());
    tell(event.getPlayerId(), new Deed(delivery.id(), at, new Deed.Deal(event.getFamily(), parts)));
  }

  void heard(FamilyUnlocked event, Delivery delivery) {
    journals.change(event.getPlayerId(), journal -> journal.unlocked(event.getFamily()));
  }

  /** That NPCs fight or fear each other is no talk, and who is no player has no quest to count. */
  void heard(InteractionRecorded event, Delivery delivery) {
    if (event.getKind() == InteractionKind.TALK) {
      var at = ProtoTimes.instant(event.getHappenedAt());
      tell(event.getOtherId(), new Deed(delivery.id(), at, new Deed.Talk(event.getNpcId())));
    }
  }

  private void tell(String player, Deed deed) {
    tell(player, deed, UnaryOperator.identity());
  }

  private void tell(String player, Deed deed, UnaryOperator<Journal> also) {
    var now = time.instant();
    // What was done in time counts, also if it is heard of later.
    journals.change(player, journal -> also.apply(journal.told(deed, now)).lapsed(now));
  }
}
