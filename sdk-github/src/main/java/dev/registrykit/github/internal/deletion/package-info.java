/** Deleting on GitHub, which deletes whole versions: one tag of several by way of a placeholder, and undoing that. */
@NullMarked
package dev.registrykit.github.internal.deletion;

import org.jspecify.annotations.NullMarked;
