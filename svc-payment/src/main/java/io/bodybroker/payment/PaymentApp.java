package io.bodybroker.payment;

import io.bodybroker.sdk.host.ServiceHost;

/** Runs payment. */
public final class PaymentApp {
  private PaymentApp() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    ServiceHost.run(new PaymentModule(), args);
  }
}
