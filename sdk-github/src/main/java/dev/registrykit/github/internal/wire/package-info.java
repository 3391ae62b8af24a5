/** GitHub's API and ghcr.io on the wire: requests, answers, errors, pages, the pace, and what a 404 proves. */
@NullMarked
package dev.registrykit.github.internal.wire;

import org.jspecify.annotations.NullMarked;
