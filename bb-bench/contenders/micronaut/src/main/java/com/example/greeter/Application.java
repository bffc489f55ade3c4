package com.example.greeter;

import io.micronaut.runtime.Micronaut;

/** Runs the greeter. */
public final class Application {
  private Application() {}

  /** Runs until the process is told to end. */
  public static void main(String[] args) {
    Micronaut.run(Application.class, args);
  }
}
