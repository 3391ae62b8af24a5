/**
 * GitHub's container registry, ghcr.io: {@link dev.registrykit.github.GithubRegistry} is the facade and
 * what only GitHub has.
 */
@NullMarked
package dev.registrykit.github;

import org.jspecify.annotations.NullMarked;
