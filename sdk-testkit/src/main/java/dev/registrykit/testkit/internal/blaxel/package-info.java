/** The workings of the Blaxel emulator; not exported. */
@NullMarked
package dev.registrykit.testkit.internal.blaxel;

import org.jspecify.annotations.NullMarked;
