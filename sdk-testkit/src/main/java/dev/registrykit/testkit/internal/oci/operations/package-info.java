/** What requests do. */
@NullMarked
package dev.registrykit.testkit.internal.oci.operations;

import org.jspecify.annotations.NullMarked;
