/** The adapter between the facade and the OCI Distribution protocol; not exported. */
@NullMarked
package dev.registrykit.oci.internal;

import org.jspecify.annotations.NullMarked;
