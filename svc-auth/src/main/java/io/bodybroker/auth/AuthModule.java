package io.bodybroker.auth;

import io.bodybroker.auth.state.v1.SpentTicket;
import io.bodybroker.auth.state.v1.StoredBucket;
import io.bodybroker.auth.state.v1.StoredRoles;
import io.bodybroker.auth.state.v1.StoredSessions;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;
import java.security.SecureRandom;

/** Wires auth: sessions, spent tickets and buckets on Redis, roles on JetStream. */
public final class AuthModule implements ServiceModule {
  private final AuthSettings settings;

  /** With the settings of the environment. */
  public AuthModule() {
    this(AuthSettings.fromEnvironment());
  }

  /** With these settings. */
  public AuthModule(AuthSettings settings) {
    this.settings = settings;
  }

  @Override
  public void configure(ServiceContext context) {
    var clock = context.clock();
    var roles = context.durableStore("roles", StoredRoles.getDefaultInstance());
    var books =
        context.fastStore(
            "sessions", StoredSessions.getDefaultInstance(), Sessions.LONGEST, SessionEvents.FEED);
    var spent =
        context.fastStore("tickets", SpentTicket.getDefaultInstance(), SpentTickets.TIME_TO_LIVE);
    var buckets =
        context.fastStore("rate-limits", StoredBucket.getDefaultInstance(), Buckets.TIME_TO_LIVE);

    var sessions = new Sessions(books, new Secrets(new SecureRandom()), clock);
    context.serve(
        new Auth(
            settings.tickets(),
            new SpentTickets(spent),
            sessions,
            new Roles(roles, sessions, clock),
            new RateLimits(
                buckets, new Notices((notice, id) -> context.events().publishAsync(notice, id))),
            clock));
  }
}
