/** Tokens: where they come from, and what each kind of them cannot do. */
@NullMarked
package dev.registrykit.github.internal.auth;

import org.jspecify.annotations.NullMarked;
