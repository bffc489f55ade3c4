package com.example.boxoffice;

import com.example.boxoffice.v1.Show;
import io.bodybroker.sdk.host.ServiceContext;
import io.bodybroker.sdk.host.ServiceModule;

/** Wires the service; nothing is decided here. */
public final class BoxOfficeModule implements ServiceModule {
  @Override
  public void configure(ServiceContext context) {
    var shows = context.durableStore("box-office-shows", Show.getDefaultInstance());
    context.serve(new BoxOffice(shows, context.events(), context.clock()));
  }
}
