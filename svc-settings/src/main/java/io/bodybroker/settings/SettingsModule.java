package io.bodybroker.settings;

import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import io.bodybroker.settings.state.v1.StoredPlayer;
import io.bodybroker.settings.state.v1.StoredPolicy;
import io.bodybroker.settings.state.v1.StoredSettings;

/** Wires settings. */
public final class SettingsModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var settings =
        context.durableStore("settings", StoredSettings.getDefaultInstance(), SettingsEvents.FEED);
    var policy = context.durableStore("settings-policy", StoredPolicy.getDefaultInstance());
    var players = context.durableStore("settings-players", StoredPlayer.getDefaultInstance());
    context.serve(
        new Settings(
            new Preferences(settings, context.clock()),
            new PolicyBook(policy, context.clock()),
            new Players(players, context.clock())));
  }
}
