package io.bodybroker.gateway.page;

import java.util.function.Supplier;

/**
 * One file of the page.
 *
 * @param path where it is asked for
 * @param mediaType as {@code Content-Type} has it
 * @param isVersioned whether its path changes when its content does, so that it can be kept for
 *     ever
 * @param content read when asked for: a start has better things to do
 */
public record PageFile(
    String path, String mediaType, boolean isVersioned, Supplier<byte[]> content) {}
