package dev.registrykit.samples;

import dev.registrykit.Tag;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A tag as a service of your own answers it in JSON. The SDK's values are no beans, and get more parts in
 * time: a record of your own says what your service promises, and any JSON library can write it.
 */
// snippet: json
public record TagJson(
    String image,
    String name,
    @Nullable String digest,
    @Nullable Instant changedAt,
    @Nullable Long sizeBytes,
    String status) {

  /** Takes from a tag what the service promises. */
  public static TagJson of(Tag tag) {
    OptionalLong size = tag.sizeBytes();
    return new TagJson(
        tag.image().path(),
        tag.name(),
        tag.digest().orElse(null),
        tag.changedAt().orElse(null),
        size.isPresent() ? size.getAsLong() : null,
        tag.status().toString());
  }
}
// end
