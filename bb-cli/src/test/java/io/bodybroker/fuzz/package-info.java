/**
 * What anybody may send to any subject of any contract, in great numbers: nonsense, nearly valid
 * and valid requests under every kind of header.
 */
@NullMarked
package io.bodybroker.fuzz;

import org.jspecify.annotations.NullMarked;
