/**
 * The protoc plugin: reads protobuf services, writes a Java service interface, a contract and a
 * typed client for each.
 *
 * <p>Data flows one way. {@link io.bodybroker.protoc.ProtocPlugin} hands the compiler's request to
 * {@code ContractReader}, which turns it into {@code ServiceModel}s, every name decided and every
 * refusal noted in {@code Problems}. Then one writer for each generated type ({@code
 * ServiceInterfaceWriter}, {@code ContractWriter}, {@code ClientWriter}) turns a model into text;
 * writers decide nothing but layout. {@code JavaNames} and {@code JavaType} know Java's and
 * protobuf-java's naming, {@code Imports}, {@code DocComment} and {@code SourceWriter} know how
 * Java source is laid out.
 *
 * <p>Depends on protobuf-java only, because it runs in the builds of others. The names of SDK
 * classes it writes are text, in {@code KnownTypes}.
 */
@NullMarked
package io.bodybroker.protoc;

import org.jspecify.annotations.NullMarked;
