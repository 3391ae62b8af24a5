/** What the emulated registry holds, and what a test has changed about it. */
@NullMarked
package dev.registrykit.testkit.internal.oci.state;

import org.jspecify.annotations.NullMarked;
