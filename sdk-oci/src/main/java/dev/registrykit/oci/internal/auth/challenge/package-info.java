/** How a server says which proof of identity it wants (RFC 7235), and why one was not enough. */
@NullMarked
package dev.registrykit.oci.internal.auth.challenge;

import org.jspecify.annotations.NullMarked;
