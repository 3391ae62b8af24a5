package dev.registrykit.testkit.contract;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registry to test against the {@link RegistryContract}, and access to its server that does not go
 * through the registry: to prepare what is there, and to see what is left. Made anew for each test; used
 * by one thread.
 *
 * @since 0.1.0
 */
public interface RegistryFixture extends AutoCloseable {

  /**
   * Returns the registry, always the same: configured, with at least two attempts a call and no wait
   * worth noticing between them, talking to a server that holds nothing yet.
   */
  Registry registry();

  /** Returns the reference of an image in the provider's shape, such as {@code contract/app}. */
  ImageRef image(String name);

  /**
   * Adds an image without tags; does nothing where {@link Difference#IMAGES_NEED_TAGS} or it is
   * there.
   */
  void addImage(ImageRef image);

  /**
   * Adds a tag, and its image if that is not there, or moves the tag if it is.
   *
   * <p>Tags of equal content and creation share a digest, and others do not.
   *
   * @param content what the digest is made from, where there are digests
   * @param createdAt the creation, in whole seconds; null, for none, only where {@link
   *     Difference#TAGS_MAY_LACK_DATES}
   * @param updatedAt the last change, in whole seconds; ignored where tags carry none
   * @return the digest; empty where tags have none
   */
  Optional<String> addTag(
      ImageRef image,
      String tag,
      String content,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt);

  /**
   * Returns the names of the tags that are neither deleted nor being deleted, in any order, empty if
   * there is no such image. Looks at the server without the registry, after its closing too.
   */
  List<String> tagNames(ImageRef image);

  /**
   * Puts a tag to use, so that the provider refuses to delete it.
   *
   * @return false, having done nothing, where {@link Difference#TAGS_CAN_BE_IN_USE} is not declared
   */
  default boolean putInUse(ImageRef image, String tag) {
    return false;
  }

  /**
   * Stages a mishap for the next call, in place of any staged before.
   *
   * @return false, having done nothing, where {@link Difference#NO_MISHAPS} is declared
   */
  boolean failNext(Mishap mishap);

  /**
   * Has every request answered so from now on, to the end of the test, in place of any mishap staged
   * before; the server carries none of them out.
   *
   * @return false, having done nothing, where {@link Difference#NO_MISHAPS} is declared
   */
  boolean failAll(ForeignNotFound answer);

  /**
   * Returns how many requests the registry has sent so far, repetitions included; where nothing is
   * sent, how many calls it has begun.
   */
  long requestCount();

  /** Returns how this provider differs; the same for every fixture of a test class. */
  Set<Difference> differences();

  /** Returns the largest page size the registry takes. */
  int maxPageSize();

  /** Returns references that are well formed but cannot name an image on this provider. */
  default List<ImageRef> impossibleImages() {
    return List.of();
  }

  /** Returns texts that must never show, such as the credential the registry was made with. */
  default List<String> secrets() {
    return List.of();
  }

  /** Closes the registry and stops the server. */
  @Override
  void close();
}
