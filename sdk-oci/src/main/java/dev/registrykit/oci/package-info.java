/** Every registry that speaks the OCI Distribution protocol. */
@NullMarked
package dev.registrykit.oci;

import org.jspecify.annotations.NullMarked;
