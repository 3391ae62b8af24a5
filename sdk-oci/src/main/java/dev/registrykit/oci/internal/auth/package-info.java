/** Who is asking: logins, what a registry demands of them, and the tokens it gives for them. */
@NullMarked
package dev.registrykit.oci.internal.auth;

import org.jspecify.annotations.NullMarked;
