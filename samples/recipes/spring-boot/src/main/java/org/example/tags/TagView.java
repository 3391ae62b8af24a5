package org.example.tags;

import dev.registrykit.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What this service promises of a tag; the SDK's own values get more parts in time. */
public record TagView(
    String name, @Nullable String digest, @Nullable Instant changedAt) {

  static TagView of(Tag tag) {
    return new TagView(tag.name(), tag.digest().orElse(null), tag.changedAt().orElse(null));
  }
}
