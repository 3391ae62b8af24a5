/** Logins that Docker and Podman have stored, in files and with credential helpers. */
@NullMarked
package dev.registrykit.oci.internal.auth.stored;

import org.jspecify.annotations.NullMarked;
