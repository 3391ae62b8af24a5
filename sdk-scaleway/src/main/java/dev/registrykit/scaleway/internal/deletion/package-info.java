/** How a Scaleway tag is deleted without taking others along, and how the end of a deletion is seen. */
@NullMarked
package dev.registrykit.scaleway.internal.deletion;

import org.jspecify.annotations.NullMarked;
