/**
 * Settings from URIs, variables and files, and the checks of what they hold.
 *
 * <p>For those who write a provider. May change in a minor release.
 */
@NullMarked
package dev.registrykit.spi.config;

import org.jspecify.annotations.NullMarked;
