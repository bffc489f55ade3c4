/**
 * Stands in for the SDK, which is built after this module: the signatures that generated code uses,
 * so that it can be compiled and loaded here. That they are the SDK's own is proved there, where
 * the generated test contract is compiled against the real ones.
 */
@NullMarked
package io.bodybroker.sdk.rpc;

import org.jspecify.annotations.NullMarked;
