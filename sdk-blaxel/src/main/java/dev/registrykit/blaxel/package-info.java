/**
 * The container images of a Blaxel workspace: {@link dev.registrykit.blaxel.BlaxelRegistry} is the
 * facade and what only Blaxel has.
 */
@NullMarked
package dev.registrykit.blaxel;

import org.jspecify.annotations.NullMarked;
