/** What the emulators share: the server, its faults and its journal; not exported. */
@NullMarked
package dev.registrykit.testkit.internal;

import org.jspecify.annotations.NullMarked;
