package io.bodybroker.performancemode;

import io.bodybroker.performancemode.state.v1.StoredFrames;
import io.bodybroker.performancemode.state.v1.StoredPlayer;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import java.time.Duration;

/** Wires performance-mode. */
public final class PerformanceModeModule implements ServiceModule {
  private static final Duration FRAMES_LIVE = Duration.ofHours(1);

  @Override
  public void configure(ServiceContext context) {
    var players =
        context.durableStore("performance", StoredPlayer.getDefaultInstance(), ModeEvents.FEED);
    var frames =
        context.fastStore("performance-frames", StoredFrames.getDefaultInstance(), FRAMES_LIVE);
    context.serve(new PerformanceMode(players, frames, context.clock()));
  }
}
