/**
 * {@code bb demo}: one evening in the game, as its client plays it through the gateway. {@link
 * io.bodybroker.cli.demo.Evening} is the story; each of its steps fails if the game does not do
 * what the story says.
 */
@NullMarked
package io.bodybroker.cli.demo;

import org.jspecify.annotations.NullMarked;
