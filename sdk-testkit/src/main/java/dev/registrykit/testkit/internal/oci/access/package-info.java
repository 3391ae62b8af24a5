/** Who is let in, and the token server. */
@NullMarked
package dev.registrykit.testkit.internal.oci.access;

import org.jspecify.annotations.NullMarked;
