package io.bodybroker.questsystem;

import io.bodybroker.questsystem.v1.ListQuestsRequest;
import io.bodybroker.questsystem.v1.ListQuestsResponse;
import io.bodybroker.questsystem.v1.Quest;
import java.util.List;

/** Quests a page at a time, the newest first. A page's token is the id of its last quest. */
final class QuestPages {
  private static final int USUAL_SIZE = 20;

  private QuestPages() {}

  /** The page that is asked for, of quests the newest first. */
  static ListQuestsResponse page(List<Quest> quests, ListQuestsRequest request) {
    int size = request.getPageSize() == 0 ? USUAL_SIZE : request.getPageSize();
    var matching =
        quests.stream()
            .filter(quest ->
                request.getStatesCount() == 0 || request.getStatesList().contains(quest.getState()))
            .filter(quest ->
                request.getPageToken().isEmpty()
                    || number(quest.getQuestId()) < number(request.getPageToken()))
            .limit(size + 1L)
            .toList();
    var page = matching.subList(0, Math.min(size, matching.size()));
    var answer = ListQuestsResponse.newBuilder().addAllQuests(page);
    if (matching.size() > size) {
      answer.setNextPageToken(page.getLast().getQuestId());
    }
    return answer.build();
  }

  /** The contract has checked a token's form. */
  private static long number(String questId) {
    return Long.parseLong(questId.substring(1));
  }
}
