/**
 * One facade over container registries: list, order, read and delete images and their tags.
 *
 * <p>Start at {@link dev.registrykit.Registry}; a provider module such as {@code sdk-scaleway} makes
 * one. All types of this package are immutable or thread-safe. A parameter that is not marked
 * {@code @Nullable} refuses {@code null} with a {@link java.lang.NullPointerException}, and malformed
 * text with an {@link java.lang.IllegalArgumentException}, before anything is sent.
 *
 * <h2>What may change</h2>
 *
 * <p>Versions are semantic. Before 1.0, a minor release may break what it says in the change log; from 1.0
 * on, until 2.0:
 *
 * <ul>
 *   <li>What is public in {@code dev.registrykit}, {@code dev.registrykit.http} and the packages of the
 *       provider modules stays, in source and in binary form. What a method costs in requests may become
 *       less, and more only where it would be wrong otherwise.
 *   <li>{@link dev.registrykit.Registry} and the registries of the providers may get more methods.
 *       Callers do not notice. Whoever implements one extends {@code
 *       dev.registrykit.spi.AbstractRegistry}, which gives each new method a meaning; {@link
 *       dev.registrykit.PagedIterable} and {@link dev.registrykit.Page} are implemented by the SDK alone.
 *   <li>Enums may get more constants: a {@code switch} over one needs a {@code default}. New options do
 *       by default what was done before, and new exceptions extend the one that was thrown before.
 *   <li>Messages of exceptions, texts of {@code toString} and serialised forms are for people and for one
 *       version; no program should take them apart. Cursors are good for the same minor version, as long as
 *       the provider takes them.
 *   <li>What is new says {@code @since} with the version that brought it; what says nothing was there in
 *       the first. What is to go is marked {@code @Deprecated} with what to use instead, works for at
 *       least one more minor release and half a year, and goes in the next major one.
 *   <li>{@code dev.registrykit.spi} and the packages below it are for those who write a provider. They may
 *       change in any minor release, with a line in the change log, and no more than is needed; packages
 *       named {@code internal} are nobody's and are not exported.
 * </ul>
 *
 * <h2>Values as JSON</h2>
 *
 * <p>The values of this package carry no annotations of a JSON library, and what a library makes of them by
 * itself would change with the first method that is added. Map them to a record of your own that holds what
 * your readers need, in your own names: {@code TagJson} among the samples does, and is tested.
 */
@NullMarked
package dev.registrykit;

import org.jspecify.annotations.NullMarked;
