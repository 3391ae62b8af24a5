package dev.registrykit.retention;

import dev.registrykit.Tag;
import java.time.Instant;
import java.util.Optional;

/**
 * Which date of a tag counts; what each stands for is in the table of {@link dev.registrykit.TagOrder}.
 *
 * @since 0.1.0
 */
public enum TagDate {
  /** {@link Tag#createdAt()} alone. */
  CREATED("the date of creation"),
  /** {@link Tag#updatedAt()} alone. */
  UPDATED("the date of the last update"),
  /** {@link Tag#changedAt()}: updated, else created. */
  CHANGED("the date of the last change"),
  /** The later of the two, where there are both. */
  NEWER("the newer of the dates of creation and update");

  private final String text;

  TagDate(String text) {
    this.text = text;
  }

  /** Returns that date of a tag; empty if it has none. */
  public Optional<Instant> of(Tag tag) {
    return switch (this) {
      case CREATED -> tag.createdAt();
      case UPDATED -> tag.updatedAt();
      case CHANGED -> tag.changedAt();
      case NEWER ->
        tag.updatedAt()
            .filter(updated -> tag.createdAt().map(updated::isAfter).orElse(true))
            .or(tag::createdAt);
    };
  }

  /** Returns it in words. */
  @Override
  public String toString() {
    return text;
  }
}
