/** Deleting tags, manifests and images, by placeholders too, and looking whether they are gone. */
@NullMarked
package dev.registrykit.oci.internal.deletion;

import org.jspecify.annotations.NullMarked;
