/** What proves to Blaxel who is asking. */
@NullMarked
package dev.registrykit.blaxel.internal.auth;

import org.jspecify.annotations.NullMarked;
