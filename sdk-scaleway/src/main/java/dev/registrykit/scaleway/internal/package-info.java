/** How the Scaleway provider works inside; not exported, and free to change. */
@NullMarked
package dev.registrykit.scaleway.internal;

import org.jspecify.annotations.NullMarked;
