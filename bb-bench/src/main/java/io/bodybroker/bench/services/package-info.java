/** The main read and the main write of each service, on real servers. */
@NullMarked
package io.bodybroker.bench.services;

import org.jspecify.annotations.NullMarked;
