/**
 * Retention: which tags of an image to keep, a plan of what to delete, and its carrying out.
 *
 * <p>A {@link dev.registrykit.retention.RetentionPolicy} says what is kept; a {@link
 * dev.registrykit.retention.RetentionPlan} is made from it by reading only, and says for every tag what
 * becomes of it and why. A {@link dev.registrykit.retention.RetentionRun} carries it out, now or another day,
 * looks at each tag again right before, and ends in a {@link dev.registrykit.retention.RetentionReport}. With a
 * journal, a run that was killed can be resumed, and everything that was done can be read afterwards.
 *
 * <p>Everything is immutable and works on the facade alone, so on every provider.
 */
@NullMarked
package dev.registrykit.retention;

import org.jspecify.annotations.NullMarked;
