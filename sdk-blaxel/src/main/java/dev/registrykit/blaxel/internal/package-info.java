/** How the Blaxel provider works inside; not exported, and free to change. */
@NullMarked
package dev.registrykit.blaxel.internal;

import org.jspecify.annotations.NullMarked;
