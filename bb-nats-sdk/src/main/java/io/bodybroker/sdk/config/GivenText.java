package io.bodybroker.sdk.config;

/**
 * A setting's text and the name it was given under.
 *
 * @param name the key in a file, or the environment variable
 * @param text its value
 */
record GivenText(String name, String text) {}
