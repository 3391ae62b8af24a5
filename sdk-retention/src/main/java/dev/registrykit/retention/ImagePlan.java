package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.RegistryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ImagePlans} found out about one image: its plan, or why there is none. Neither of the two is
 * there if the image was listed and has gone since: then nothing is left to do, and nothing is wrong.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class ImagePlan {

  private final ImageRef image;
  private final @Nullable RetentionPlan plan;
  private final @Nullable RegistryException failure;

  private ImagePlan(
      ImageRef image, @Nullable RetentionPlan plan, @Nullable RegistryException failure) {
    this.image = image;
    this.plan = plan;
    this.failure = failure;
  }

  static ImagePlan of(RetentionPlan plan) {
    return new ImagePlan(plan.image(), plan, null);
  }

  static ImagePlan failed(ImageRef image, RegistryException failure) {
    return new ImagePlan(image, null, failure);
  }

  static ImagePlan gone(ImageRef image) {
    return new ImagePlan(image, null, null);
  }

  /** Returns the image, as the registry listed it. */
  public ImageRef image() {
    return image;
  }

  /** Returns the plan; empty if there is none. */
  public Optional<RetentionPlan> plan() {
    return Optional.ofNullable(plan);
  }

  /** Returns why the image could not be read; empty if it could, or is gone. */
  public Optional<RegistryException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns the image and what is known of it, for logs. */
  @Override
  public String toString() {
    if (plan != null) {
      return plan.toString();
    }
    return image.path() + (failure != null ? ": " + failure.getMessage() : ": is gone");
  }
}
