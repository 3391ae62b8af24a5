/** The rules of a policy, each of which looks at all tags that the policy governs and says which it keeps. */
@NullMarked
package dev.registrykit.retention.internal.rules;

import org.jspecify.annotations.NullMarked;
