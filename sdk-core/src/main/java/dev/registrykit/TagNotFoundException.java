package dev.registrykit;

import java.util.Objects;

/**
 * The image has no such tag: the registry says so in its own words, or a listing of its own shows it. A
 * 404 of anything else is a plain {@link NotFoundException}.
 *
 * @since 0.1.0
 */
public final class TagNotFoundException extends NotFoundException {

  private static final long serialVersionUID = 1L;

  private final ImageRef image;
  private final String tag;

  /** Makes an exception for that tag. */
  public TagNotFoundException(ImageRef image, String tag, ErrorDetails details) {
    super(details);
    this.image = Objects.requireNonNull(image, "image");
    this.tag = Objects.requireNonNull(tag, "tag");
  }

  /** Returns the image that was searched. */
  public ImageRef image() {
    return image;
  }

  /** Returns the name of the tag that is not there. */
  public String tag() {
    return tag;
  }
}
