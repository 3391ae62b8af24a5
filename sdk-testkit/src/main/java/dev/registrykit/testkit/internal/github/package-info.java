/** The emulator of GitHub's packages: the REST API on the content of an emulated OCI registry. */
@NullMarked
package dev.registrykit.testkit.internal.github;

import org.jspecify.annotations.NullMarked;
