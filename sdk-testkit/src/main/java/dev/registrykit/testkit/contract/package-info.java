/**
 * The contract of {@link dev.registrykit.Registry} as tests: what every provider does the same way,
 * and the few ways in which they may differ.
 *
 * <p>A provider module subclasses {@link dev.registrykit.testkit.contract.RegistryContract} and hands
 * it a {@link dev.registrykit.testkit.contract.RegistryFixture}.
 */
@NullMarked
package dev.registrykit.testkit.contract;

import org.jspecify.annotations.NullMarked;
