/**
 * One request on the JDK's client: sent on the caller's thread, bounded in time and bytes, and ended when
 * its registry is closed. Not exported.
 */
@NullMarked
package dev.registrykit.internal;

import org.jspecify.annotations.NullMarked;
