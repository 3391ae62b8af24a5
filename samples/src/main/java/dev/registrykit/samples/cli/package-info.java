/** The program {@code registrykit}: tags of any registry on the command line. It uses nothing but the public API. */
@NullMarked
package dev.registrykit.samples.cli;

import org.jspecify.annotations.NullMarked;
