/** Programs that use nothing but the public API, each short enough to read in a minute. */
@NullMarked
package dev.registrykit.samples;

import org.jspecify.annotations.NullMarked;
