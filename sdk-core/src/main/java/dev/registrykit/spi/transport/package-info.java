/**
 * The way of every request: credentials, deadlines, retries, redirects, size limits and logging.
 *
 * <p>For those who write a provider. May change in a minor release.
 */
@NullMarked
package dev.registrykit.spi.transport;

import org.jspecify.annotations.NullMarked;
