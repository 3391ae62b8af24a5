/**
 * Retention: which tags of an image to keep, and a plan of what to delete.
 *
 * <p>A {@link dev.registrykit.retention.RetentionPolicy} says what is kept; a {@link
 * dev.registrykit.retention.RetentionPlan} is made from it by reading only, says for every tag what
 * becomes of it and why, and is carried out by the caller, tag by tag. Everything is immutable and
 * works on the facade alone, so on every provider.
 */
@NullMarked
package dev.registrykit.retention;

import org.jspecify.annotations.NullMarked;
