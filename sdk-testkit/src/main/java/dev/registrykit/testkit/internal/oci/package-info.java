/** The state and the API of the emulated OCI registries and their token server; not exported. */
@NullMarked
package dev.registrykit.testkit.internal.oci;

import org.jspecify.annotations.NullMarked;
