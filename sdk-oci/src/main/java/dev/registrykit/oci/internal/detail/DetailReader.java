package dev.registrykit.oci.internal.detail;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.registrykit.ErrorDetails;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.oci.internal.wire.Absence;
import dev.registrykit.oci.internal.wire.Dates;
import dev.registrykit.oci.internal.wire.Digests;
import dev.registrykit.oci.internal.wire.OciApi;
import dev.registrykit.spi.support.LoadingCache;
import dev.registrykit.spi.support.Operation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when an image was built and how large it is. What a digest stands for never changes, so
 * each is read once and remembered. Thread-safe.
 *
 * <p>That an image has no date is what its own bytes say, or nothing: what cannot be read is a
 * failure, for callers delete by dates. Bytes of the right digest that make no sense are its own.
 */
public final class DetailReader {

  private static final String CREATED = "org.opencontainers.image.created";

  /** Configurations that hold a date; those of charts, signatures and the like do not. */
  private static final Set<String> IMAGE_CONFIGS = Set.of(
      "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

  /**
   * More than there are platforms. One that has a date nearly always comes first; but whoever pushes
   * an index decides how long it is.
   */
  private static final int MAX_PARTS = 100;

  /** Some hundred bytes each. */
  private static final int REMEMBERED = 10_000;

  private final OciApi api;
  private final LoadingCache<Key, ImageDetails> details = new LoadingCache<>(REMEMBERED);

  /** The images of which something was read. */
  private final LoadingCache<ImageRef, Boolean> known = new LoadingCache<>(REMEMBERED);

  public DetailReader(OciApi api) {
    this.api = api;
  }

  /** A digest alone would let a caller look into a repository that is closed to it. */
  private record Key(ImageRef image, String digest) {}

  /** Returns whether anything of an image was read before. */
  public boolean knows(ImageRef image) {
    return known.get(image) != null;
  }

  /**
   * Reads a manifest by digest and its configuration, if it is not known yet: up to two requests.
   *
   * @throws NotFoundException as {@link OciApi#getManifest} makes it, if the manifest is not there; a
   *     plain one, if a part of it is not
   */
  public ImageDetails of(Operation operation, ImageRef image, String digest) {
    return details.get(
        new Key(image, digest),
        () -> read(operation, image, api.getManifest(operation, image, digest)));
  }

  /**
   * Reads the configuration of a manifest that is here already, if it is not known yet.
   *
   * @throws NotFoundException a plain one, if a part of it is not there
   */
  public ImageDetails of(Operation operation, ImageRef image, OciManifest manifest) {
    return details.get(new Key(image, manifest.digest()), () -> read(operation, image, manifest));
  }

  private ImageDetails read(Operation operation, ImageRef image, OciManifest manifest) {
    known.put(image, true);
    Instant annotated = Dates.parse(manifest.annotations().get(CREATED));
    if (manifest.isIndex()) {
      return new ImageDetails(
          annotated != null ? annotated : dateOfAPart(operation, image, manifest), null);
    }
    return new ImageDetails(
        annotated != null ? annotated : dateInConfig(operation, image, manifest), size(manifest));
  }

  private @Nullable Instant dateOfAPart(Operation operation, ImageRef image, OciManifest index) {
    Instant annotated = annotatedDate(index);
    return annotated != null ? annotated : new Parts(operation, image, index).date();
  }

  private static @Nullable Instant annotatedDate(OciManifest index) {
    return index.manifests().stream()
        .map(child -> Dates.parse(child.annotations().get(CREATED)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * The parts of one index, those of indexes in it included. Platforms are built together, so that
   * the first that has a date answers for all.
   */
  private final class Parts {

    private final Operation operation;
    private final ImageRef image;
    private final OciManifest index;
    private final Deque<OciDescriptor> left = new ArrayDeque<>();
    private @Nullable NotFoundException missing;

    Parts(Operation operation, ImageRef image, OciManifest index) {
      this.operation = operation;
      this.image = image;
      this.index = index;
      addParts(index);
    }

    /** Build tools list attestations for the platform unknown/unknown. */
    private void addParts(OciManifest of) {
      of.manifests().stream()
          .filter(part ->
              part.platform().filter(name -> name.startsWith("unknown/")).isEmpty())
          .forEach(left::add);
    }

    @Nullable
    Instant date() {
      for (int read = 0; !left.isEmpty(); read++) {
        if (read == MAX_PARTS) {
          throw operation.invalid("none of the first " + MAX_PARTS + " parts of the index "
              + index.digest() + " has a date, and there are more");
        }
        Instant date = dateOf(left.remove());
        if (date != null) {
          return date;
        }
      }
      if (missing != null) {
        throw missing;
      }
      return null;
    }

    /** A part may have been left out when the index was copied, and the next one has the date. */
    private @Nullable Instant dateOf(OciDescriptor part) {
      requireVerifiable(operation, part, "a part of the index " + index.digest());
      try {
        return OciManifest.isIndex(part.mediaType())
            ? dateOfIndex(manifest(part))
            : details
                .get(new Key(image, part.digest()), () -> readPlatform(part))
                .createdAt();
      } catch (NotFoundException e) {
        if (!Absence.isProved(e)) {
          throw e;
        }
        missing = e;
        return null;
      }
    }

    private @Nullable Instant dateOfIndex(OciManifest inner) {
      addParts(inner);
      Instant own = Dates.parse(inner.annotations().get(CREATED));
      return own != null ? own : annotatedDate(inner);
    }

    private ImageDetails readPlatform(OciDescriptor part) {
      OciManifest manifest = manifest(part);
      if (manifest.isIndex()) {
        throw operation.invalid(
            "the index " + index.digest() + " lists the index " + part.digest() + " as an image");
      }
      return read(operation, image, manifest);
    }

    private OciManifest manifest(OciDescriptor part) {
      try {
        return api.getManifest(Operation.on(operation.description()), image, part.digest());
      } catch (NotFoundException e) {
        throw missingPart(e, "the manifest " + part.digest() + " of the index " + index.digest());
      }
    }
  }

  private @Nullable Instant dateInConfig(
      Operation operation, ImageRef image, OciManifest manifest) {
    OciDescriptor config = manifest.config().orElse(null);
    if (config == null || !IMAGE_CONFIGS.contains(config.mediaType())) {
      return null;
    }
    String what = "the configuration " + config.digest() + " of the manifest " + manifest.digest();
    requireVerifiable(operation, config, what);
    if (config.sizeBytes() > OciApi.MAX_MANIFEST_BYTES) {
      throw operation.invalid(what + " has " + config.sizeBytes() + " bytes, so it is not read");
    }
    byte[] bytes;
    try {
      bytes = api.getConfig(Operation.on(operation.description()), image, config.digest());
    } catch (NotFoundException e) {
      throw missingPart(e, what);
    }
    try {
      return Dates.parse(JsonTrees.read(bytes).path("created").textValue());
    } catch (JsonProcessingException e) {
      return null; // its digest is right, so it was pushed like that
    }
  }

  private static void requireVerifiable(Operation operation, OciDescriptor part, String what) {
    if (!Digests.isVerifiable(part.digest())) {
      throw operation.invalid(what + " has the digest " + part.digest()
          + ", which cannot be verified, so it is not read");
    }
  }

  /** Never of a class that says that the tag is not there. */
  private static NotFoundException missingPart(NotFoundException failure, String what) {
    ErrorDetails details = failure.details();
    NotFoundException named = new NotFoundException(details.toBuilder()
        .serverMessage(details.serverMessage().map(said -> said + "; ").orElse("") + what
            + " is not there, so that its date cannot be told")
        .build());
    named.addSuppressed(failure);
    return named;
  }

  private static @Nullable Long size(OciManifest manifest) {
    long size = manifest.config().map(OciDescriptor::sizeBytes).orElse(0L);
    List<OciDescriptor> layers = manifest.layers();
    for (OciDescriptor layer : layers) {
      size += layer.sizeBytes();
      if (size < 0) {
        return null; // no sum of sizes that a server made up
      }
    }
    return size;
  }
}
