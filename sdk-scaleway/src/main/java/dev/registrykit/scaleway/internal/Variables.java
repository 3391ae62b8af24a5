package dev.registrykit.scaleway.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables, of which an empty one counts as not set. Immutable. */
record Variables(Map<String, String> values) {

  /** Returns the first of these that is set. */
  @Nullable
  String first(String... names) {
    for (String name : names) {
      String value = values.get(name);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /**
   * Returns what a variable says; {@link Truth#UNKNOWN} if it is not set.
   *
   * @throws IllegalArgumentException if it is set to anything but a word for true or false
   */
  Truth truth(String name) {
    String word = first(name);
    if (word == null) {
      return Truth.UNKNOWN;
    }
    Truth truth = Truth.of(word);
    if (truth == Truth.UNKNOWN) {
      throw new IllegalArgumentException("The variable " + name + " must be true or false");
    }
    return truth;
  }
}
