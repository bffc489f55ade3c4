package io.bodybroker.questsystem;

import com.google.protobuf.Message;
import io.bodybroker.questsystem.state.v1.Happening;
import io.bodybroker.questsystem.state.v1.StoredJournal;
import io.bodybroker.questsystem.v1.ObjectiveCompleted;
import io.bodybroker.questsystem.v1.QuestAccepted;
import io.bodybroker.questsystem.v1.QuestCompleted;
import io.bodybroker.questsystem.v1.QuestFailed;
import io.bodybroker.questsystem.v1.QuestGenerated;
import io.bodybroker.questsystem.v1.QuestRewarded;
import io.bodybroker.sdk.event.FeedSpec;
import io.bodybroker.sdk.store.Change;
import java.util.List;

/** Which events a revision of a journal is: what happened with it. */
final class QuestEvents {
  /** What the store's change feed makes of each revision. */
  static final FeedSpec<StoredJournal> FEED =
      FeedSpec.ofSeveral(
          List.of(
              QuestGenerated.getDefaultInstance(),
              QuestAccepted.getDefaultInstance(),
              ObjectiveCompleted.getDefaultInstance(),
              QuestCompleted.getDefaultInstance(),
              QuestRewarded.getDefaultInstance(),
              QuestFailed.getDefaultInstance()),
          QuestEvents::of);

  private QuestEvents() {}

  private static List<Message> of(Change<StoredJournal> change) {
    return switch (change) {
      case Change.Put<StoredJournal> put ->
          put.value().getHappenedList().stream().map(QuestEvents::event).toList();
      // What only an operator can do.
      case Change.Deleted<StoredJournal> deleted -> List.of();
    };
  }

  private static Message event(Happening happening) {
    return switch (happening.getEventCase()) {
      case GENERATED -> happening.getGenerated();
      case ACCEPTED -> happening.getAccepted();
      case OBJECTIVE_COMPLETED -> happening.getObjectiveCompleted();
      case COMPLETED -> happening.getCompleted();
      case REWARDED -> happening.getRewarded();
      case FAILED -> happening.getFailed();
      case EVENT_NOT_SET -> throw new IllegalStateException("a happening that is none");
    };
  }
}
