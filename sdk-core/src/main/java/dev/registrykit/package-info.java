/**
 * One facade over container registries: list, order, read and delete images and their tags.
 *
 * <p>Start at {@link dev.registrykit.Registry}; a provider module such as {@code sdk-scaleway} makes
 * one. All types of this package are immutable or thread-safe. A parameter that is not marked
 * {@code @Nullable} refuses {@code null} with a {@link java.lang.NullPointerException}, and malformed
 * text with an {@link java.lang.IllegalArgumentException}, before anything is sent.
 */
@NullMarked
package dev.registrykit;

import org.jspecify.annotations.NullMarked;
