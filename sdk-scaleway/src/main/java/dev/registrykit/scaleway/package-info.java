/**
 * The Scaleway Container Registry: {@link dev.registrykit.scaleway.ScalewayRegistry} is the facade
 * and what only Scaleway has.
 */
@NullMarked
package dev.registrykit.scaleway;

import org.jspecify.annotations.NullMarked;
