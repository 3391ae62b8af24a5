package dev.registrykit.retention.internal.rules;

import java.util.Map;

/** Covers some of the tags. Each rule looks at all of them, whatever the others cover. */
public interface KeepRule {

  /** The rule in words, such as {@code the newest 10 images}. */
  String text();

  /** The names of the tags that it keeps, each with the reason in words. */
  Map<String, String> kept(Candidates candidates);
}
