package io.bodybroker.npcbehavior;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs npc-behavior. */
public final class NpcBehaviorApp {
  private NpcBehaviorApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new NpcBehaviorModule(), args);
  }
}
