package dev.registrykit.retention;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.UnsupportedFeatureException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plans of many images by one policy, made one after the other while they are iterated. Making them
 * deletes nothing.
 *
 * <pre>{@code
 * for (ImagePlan each : ImagePlans.of(registry, ImageMatcher.glob("shop/*"), policy, Clock.systemUTC())) {
 *   each.plan().ifPresent(plan -> System.out.print(plan.toText()));
 *   each.failure().ifPresent(failure -> System.err.println(each.image() + ": " + failure.getMessage()));
 * }
 * }</pre>
 *
 * <p>The names of all images are read, to the end of the list, before the first plan is made, so
 * that carrying out one plan before the next is asked for makes no page of the list skip an image. Names are all that is held;
 * a plan is held by whoever keeps it. Guards of the policy are about one image, and each plan's ages are
 * told from when it is made.
 *
 * <p>An image that could not be read is an {@link ImagePlan} with its {@link ImagePlan#failure()}, and the next one follows.
 * What makes the rest pointless comes out of the iterator instead: {@link AuthenticationException}, which a registry may
 * also answer for one image that the login has no right to, {@link RegistryInterruptedException},
 * {@link UnsupportedFeatureException}, an {@link IllegalStateException} after the registry was closed, what a predicate of the policy
 * throws, and whatever befell the list of images. Asked again after that, the iterator begins with the image that it was at.
 *
 * <p>Nothing is sent before an iterator is asked for its first element, and each iterator starts anew. It costs
 * what {@link Registry#listImages(dev.registrykit.ListImagesOptions)} costs, with the pieces of the pattern before its first sign as the
 * prefix, and for each image what {@link RetentionPlan#of} costs. The object is thread-safe; an iterator
 * belongs to one thread.
 *
 * @since 0.1.0
 */
public final class ImagePlans implements Iterable<ImagePlan> {

  private final Registry registry;
  private final ImageMatcher images;
  private final RetentionPolicy policy;
  private final Clock clock;

  private ImagePlans(Registry registry, ImageMatcher images, RetentionPolicy policy, Clock clock) {
    this.registry = Objects.requireNonNull(registry, "registry");
    this.images = Objects.requireNonNull(images, "images");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Returns the plans of the images that match. Sends nothing.
   *
   * @param clock what ages are told by, asked again for each image
   */
  public static ImagePlans of(
      Registry registry, ImageMatcher images, RetentionPolicy policy, Clock clock) {
    return new ImagePlans(registry, images, policy, clock);
  }

  @Override
  public Iterator<ImagePlan> iterator() {
    return new OneByOne();
  }

  private final class OneByOne implements Iterator<ImagePlan> {

    private @Nullable Queue<ImageRef> left;

    @Override
    public boolean hasNext() {
      return !left().isEmpty();
    }

    @Override
    public ImagePlan next() {
      ImageRef image = left().peek();
      if (image == null) {
        throw new NoSuchElementException();
      }
      ImagePlan plan = plan(image);
      left().remove();
      return plan;
    }

    private Queue<ImageRef> left() {
      if (left == null) {
        left = new ArrayDeque<>(names());
      }
      return left;
    }
  }

  /** To the end of the list; a list that moves while it is read may have a name twice. */
  private Set<ImageRef> names() {
    Set<ImageRef> names = new LinkedHashSet<>();
    for (Image image : registry.listImages(images.listing())) {
      if (images.matches(image.ref())) {
        names.add(image.ref());
      }
    }
    return names;
  }

  private ImagePlan plan(ImageRef image) {
    if (!canBeNamed(image)) {
      return ImagePlan.failed(
          image,
          new InvalidResponseException(
              ErrorDetails.of(
                  "plan retention of " + image,
                  "the registry lists it by a name that no request can have"),
              null));
    }
    try {
      return ImagePlan.of(RetentionPlan.of(registry, image, policy, clock));
    } catch (ImageNotFoundException e) {
      return ImagePlan.gone(image);
    } catch (AuthenticationException
        | RegistryInterruptedException
        | UnsupportedFeatureException e) {
      throw e;
    } catch (RegistryException e) {
      return ImagePlan.failed(image, e);
    }
  }

  private static boolean canBeNamed(ImageRef image) {
    try {
      ImageRef.of(image.path());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
