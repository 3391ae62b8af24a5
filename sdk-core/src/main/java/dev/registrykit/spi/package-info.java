/**
 * What a provider is built on: {@link dev.registrykit.spi.AbstractRegistry} with its {@link
 * dev.registrykit.spi.ProviderTraits}, and {@link dev.registrykit.spi.RegistryProvider} by which it is
 * found.
 *
 * <p>For those who write a provider, in any repository. These packages may change in a minor release,
 * with a line in the change log; users of a registry need none of them.
 */
@NullMarked
package dev.registrykit.spi;

import org.jspecify.annotations.NullMarked;
