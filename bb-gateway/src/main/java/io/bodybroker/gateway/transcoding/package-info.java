/**
 * HTTP bindings of contracts: what {@code google.api.http} says about a method, compiled, and
 * requests and responses translated by it.
 *
 * <p>Start with {@link io.bodybroker.gateway.transcoding.HttpBindings}, which reads contracts, and
 * {@link io.bodybroker.gateway.transcoding.HttpBinding}, one route of one method. Knows no HTTP
 * server and makes no calls. Depends on {@code routing}, {@code json}, {@code refusal}, and on
 * {@code rpc} of the SDK for contracts.
 */
@NullMarked
package io.bodybroker.gateway.transcoding;

import org.jspecify.annotations.NullMarked;
