/**
 * The page at {@code /}: every route to browse and try, streams included. Its files are on the
 * class path, the viewer's among them; which ones there are is written down here, and nothing a
 * client sends chooses a file.
 *
 * <p>Start with {@link io.bodybroker.gateway.page.PageFiles}. Knows no HTTP server, and depends on
 * nothing.
 */
@NullMarked
package io.bodybroker.gateway.page;

import org.jspecify.annotations.NullMarked;
