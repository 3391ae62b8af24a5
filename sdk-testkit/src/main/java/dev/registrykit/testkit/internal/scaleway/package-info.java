/** The workings of the Scaleway emulator; not exported. */
@NullMarked
package dev.registrykit.testkit.internal.scaleway;

import org.jspecify.annotations.NullMarked;
