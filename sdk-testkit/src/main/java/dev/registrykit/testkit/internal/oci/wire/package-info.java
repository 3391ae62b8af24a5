/** Requests and answers as text and JSON. */
@NullMarked
package dev.registrykit.testkit.internal.oci.wire;

import org.jspecify.annotations.NullMarked;
