/**
 * Listings: pages, cursors, links, and the orders and filters that a server lacks.
 *
 * <p>For those who write a provider. May change in a minor release.
 */
@NullMarked
package dev.registrykit.spi.paging;

import org.jspecify.annotations.NullMarked;
