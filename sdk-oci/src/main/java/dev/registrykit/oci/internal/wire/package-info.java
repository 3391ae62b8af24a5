/** The protocol on the wire: its requests, pages, errors, manifests and digests. */
@NullMarked
package dev.registrykit.oci.internal.wire;

import org.jspecify.annotations.NullMarked;
