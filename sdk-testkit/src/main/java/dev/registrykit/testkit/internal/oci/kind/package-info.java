/** What tells one kind of registry from another. */
@NullMarked
package dev.registrykit.testkit.internal.oci.kind;

import org.jspecify.annotations.NullMarked;
