/** Deleting on Scaleway: a tag without others of its digest, and waiting until a deletion is over. */
@NullMarked
package dev.registrykit.scaleway.internal.deletion;

import org.jspecify.annotations.NullMarked;
