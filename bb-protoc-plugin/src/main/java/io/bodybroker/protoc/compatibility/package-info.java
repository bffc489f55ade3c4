/**
 * Tells which changes of contracts break whom, so that a build can refuse them.
 *
 * <p>{@link io.bodybroker.protoc.compatibility.ContractSet} is what contracts say now, from
 * protoc's descriptor sets; {@link io.bodybroker.protoc.compatibility.Baseline} is what they said
 * when that was last accepted, as text in version control. Their difference is a list of {@link
 * io.bodybroker.protoc.compatibility.BreakingChange}s, empty if whoever kept to the old contracts
 * can go on. {@link io.bodybroker.protoc.compatibility.ContractCheck} is the same for a command
 * line.
 *
 * <p>One class compares each kind of declaration: {@code FileComparison}, {@code
 * MessageComparison}, {@code FieldComparison}, {@code RulesComparison}, {@code EnumComparison},
 * {@code ServiceComparison}, {@code RouteComparison}. Options are read by their names from the
 * descriptors at hand, so this depends on protobuf-java only, as the whole module does.
 */
@NullMarked
package io.bodybroker.protoc.compatibility;

import org.jspecify.annotations.NullMarked;
