/** Who is asking: logins, challenges and tokens; not exported. */
@NullMarked
package dev.registrykit.oci.internal.auth;

import org.jspecify.annotations.NullMarked;
