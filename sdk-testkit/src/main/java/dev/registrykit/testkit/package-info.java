/**
 * What a consumer's tests use: emulators of the providers' services, a registry in memory and the
 * contract suite.
 *
 * <p>Nothing in this package is meant for production code.
 */
@NullMarked
package dev.registrykit.testkit;

import org.jspecify.annotations.NullMarked;
