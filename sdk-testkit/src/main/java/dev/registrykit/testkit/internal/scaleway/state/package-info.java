/** What the emulated service holds. */
@NullMarked
package dev.registrykit.testkit.internal.scaleway.state;

import org.jspecify.annotations.NullMarked;
