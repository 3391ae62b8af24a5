/** What a caller may tune about HTTP: time limits, retries, the client to use, and a listener. */
@NullMarked
package dev.registrykit.http;

import org.jspecify.annotations.NullMarked;
