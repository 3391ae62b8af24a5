package dev.registrykit;

import java.util.Objects;

/**
 * There is no such image: the registry says so in its own words, or a listing of its own shows it. A 404
 * of anything else is a plain {@link NotFoundException}.
 *
 * @since 0.1.0
 */
public final class ImageNotFoundException extends NotFoundException {

  private static final long serialVersionUID = 1L;

  private final ImageRef image;

  /** Makes an exception for that image. */
  public ImageNotFoundException(ImageRef image, ErrorDetails details) {
    super(details);
    this.image = Objects.requireNonNull(image, "image");
  }

  /** Returns the image that is not there. */
  public ImageRef image() {
    return image;
  }
}
