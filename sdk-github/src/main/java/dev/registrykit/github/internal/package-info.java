/** The registry behind the facade, its configuration, and what can be done with images and tags. */
@NullMarked
package dev.registrykit.github.internal;

import org.jspecify.annotations.NullMarked;
