/** How the Blaxel API is spoken to: requests, answers, errors, and what a 404 proves. */
@NullMarked
package dev.registrykit.blaxel.internal.wire;

import org.jspecify.annotations.NullMarked;
