package io.bodybroker.questsystem;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs quest-system. */
public final class QuestSystemApp {
  private QuestSystemApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new QuestSystemModule(), args);
  }
}
