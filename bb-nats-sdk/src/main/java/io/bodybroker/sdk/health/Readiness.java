package io.bodybroker.sdk.health;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One thing that must hold for a process to be of use.
 *
 * @param name short, for operators: {@code nats-serve}
 * @param holds answers at once from what is known; never asks a server
 * @param reason why it does not hold
 */
record Readiness(String name, BooleanSupplier holds, Supplier<String> reason) {}
