/**
 * The pieces that a provider is made of beside its requests: operations with their time, waiting, reading in
 * parallel, caching, and hiding secrets.
 *
 * <p>For those who write a provider. May change in a minor release.
 */
@NullMarked
package dev.registrykit.spi.support;

import org.jspecify.annotations.NullMarked;
