/** Times the SDK beside the JDK's client and other libraries, interleaved, against one server. */
@NullMarked
package dev.registrykit.benchmarks;

import org.jspecify.annotations.NullMarked;
