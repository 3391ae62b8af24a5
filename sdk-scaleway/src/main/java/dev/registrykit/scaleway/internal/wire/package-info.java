/** The Scaleway API on the wire: requests, answers, errors, pages, and what a 404 proves. */
@NullMarked
package dev.registrykit.scaleway.internal.wire;

import org.jspecify.annotations.NullMarked;
