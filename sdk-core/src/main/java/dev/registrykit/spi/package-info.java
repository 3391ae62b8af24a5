/**
 * What a provider module builds on: the transport, the pager and the checks every provider shares.
 *
 * <p>Exported to provider modules and the testkit only; it may change in any release.
 */
@NullMarked
package dev.registrykit.spi;

import org.jspecify.annotations.NullMarked;
