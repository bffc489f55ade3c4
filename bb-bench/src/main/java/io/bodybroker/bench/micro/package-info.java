/**
 * Measures single steps of a call with JMH. Each class here is a benchmark of its own, to be named
 * when JMH is run. Depends on what it measures only.
 */
@NullMarked
package io.bodybroker.bench.micro;

import org.jspecify.annotations.NullMarked;
