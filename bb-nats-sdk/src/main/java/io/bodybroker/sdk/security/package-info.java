/**
 * What a process shows of itself and whom it trusts: TLS and mutual TLS from PEM files, NKey seeds
 * and {@code .creds} files, all of which are read again when they change.
 *
 * <p>Start with {@link io.bodybroker.sdk.security.SecurityFiles}, which checks the files when the
 * process starts and watches them from then on; {@link io.bodybroker.sdk.security.TlsClient} makes
 * handshakes, and {@link io.bodybroker.sdk.security.RefusedCertificateException} says which of the
 * three usual things is wrong with a server's certificate. Cryptography is the JDK's alone. Depends
 * on {@code config} and {@code metrics}.
 */
@NullMarked
package io.bodybroker.sdk.security;

import org.jspecify.annotations.NullMarked;
