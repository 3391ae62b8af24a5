package dev.registrykit.oci.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.ManifestReader.UnreadableException;
import dev.registrykit.oci.internal.generated.model.ManifestDocument;
import dev.registrykit.spi.FetchedPage;
import dev.registrykit.spi.Intent;
import dev.registrykit.spi.Listing;
import dev.registrykit.spi.Pages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What refers to a manifest, such as its signatures: by the registry's own list, or by the index
 * under the fallback tag of the specification where there is no such list.
 */
final class Referrers {

  /** What the specification cuts the two halves of the fallback tag to. */
  private static final int MAX_ALGORITHM = 32;

  private static final int MAX_ENCODED = 64;

  private final OciConfiguration configuration;
  private final OciApi api;

  Referrers(OciConfiguration configuration, OciApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  PagedIterable<OciDescriptor> list(ImageRef image, String digest, @Nullable String artifactType) {
    Intent intent = Intent.on("list referrers of " + digest + " of " + image);
    PageLinks links = new PageLinks(configuration.baseUrl(), "referrers of " + digest);
    return Pages.of(new Listing<>(
        intent.description(),
        cursor -> cursor == null
            ? firstPage(intent, links, image, digest, artifactType)
            : fetched(
                intent,
                links,
                api.listReferrers(intent, image, digest, artifactType, links.parse(cursor))),
        null,
        OciDescriptor::digest,
        // A registry may ignore the filter that it is sent.
        referrer ->
            artifactType == null || artifactType.equals(referrer.artifactType().orElse(null)),
        configuration.httpOptions().maxPages()));
  }

  private FetchedPage<OciDescriptor> firstPage(
      Intent intent,
      PageLinks links,
      ImageRef image,
      String digest,
      @Nullable String artifactType) {
    JsonPage<ManifestDocument> page;
    try {
      page = api.listReferrers(intent, image, digest, artifactType, null);
    } catch (NotFoundException e) {
      // By the specification: the registry has no such list.
      return new FetchedPage<>(fallback(intent, image, digest), null, null);
    }
    return fetched(intent, links, page);
  }

  private static FetchedPage<OciDescriptor> fetched(
      Intent intent, PageLinks links, JsonPage<ManifestDocument> page) {
    try {
      return new FetchedPage<>(
          ManifestReader.descriptors(page.body().getManifests()), links.format(page.next()), null);
    } catch (UnreadableException e) {
      throw intent.invalid(String.valueOf(e.getMessage()));
    }
  }

  private List<OciDescriptor> fallback(Intent intent, ImageRef image, String digest) {
    try {
      return api.getManifest(intent, image, fallbackTag(digest)).manifests();
    } catch (NotFoundException e) {
      return List.of();
    }
  }

  /** Returns the tag of the index that stands in for a list of referrers. */
  static String fallbackTag(String digest) {
    int colon = digest.indexOf(':');
    String algorithm = digest.substring(0, Math.min(colon, MAX_ALGORITHM));
    String encoded =
        digest.substring(colon + 1, Math.min(digest.length(), colon + 1 + MAX_ENCODED));
    return (algorithm + "-" + encoded).replaceAll("[^a-zA-Z0-9._-]", "-");
  }

  /** Adds a referrer to the fallback index; two requests, and another's change between is lost. */
  void add(Intent intent, ImageRef image, OciManifest referrer) {
    String tag = fallbackTag(subject(referrer).digest());
    List<OciDescriptor> present = fallback(intent, image, subject(referrer).digest());
    if (present.stream().noneMatch(other -> other.digest().equals(referrer.digest()))) {
      write(intent, image, tag, Stream.concat(present.stream(), Stream.of(describe(referrer))));
    }
  }

  /** Takes a deleted referrer out of the fallback index, if it is in one; up to two requests. */
  void remove(Intent intent, ImageRef image, OciManifest referrer) {
    String tag = fallbackTag(subject(referrer).digest());
    List<OciDescriptor> present = fallback(intent, image, subject(referrer).digest());
    if (present.stream().anyMatch(other -> other.digest().equals(referrer.digest()))) {
      write(
          intent,
          image,
          tag,
          present.stream().filter(other -> !other.digest().equals(referrer.digest())));
    }
  }

  private static OciDescriptor subject(OciManifest referrer) {
    return referrer.subject().orElseThrow();
  }

  private static OciDescriptor describe(OciManifest referrer) {
    Optional<String> type =
        referrer.artifactType().or(() -> referrer.config().map(OciDescriptor::mediaType));
    return OciDescriptor.builder(referrer.mediaType(), referrer.digest(), referrer.sizeBytes())
        .artifactType(type.orElse(null))
        .annotations(referrer.annotations())
        .build();
  }

  private void write(Intent intent, ImageRef image, String tag, Stream<OciDescriptor> referrers) {
    ObjectNode index = JsonNodeFactory.instance
        .objectNode()
        .put("schemaVersion", 2)
        .put("mediaType", OciManifest.OCI_INDEX);
    ArrayNode manifests = index.putArray("manifests");
    referrers.forEach(referrer -> manifests.add(json(referrer)));
    byte[] bytes = index.toString().getBytes(StandardCharsets.UTF_8);
    api.putManifest(
        intent,
        image,
        tag,
        OciManifest.builder(OciManifest.OCI_INDEX, Digests.of(bytes), bytes).build());
  }

  private static ObjectNode json(OciDescriptor descriptor) {
    ObjectNode json = JsonNodeFactory.instance
        .objectNode()
        .put("mediaType", descriptor.mediaType())
        .put("digest", descriptor.digest())
        .put("size", descriptor.sizeBytes());
    descriptor.artifactType().ifPresent(type -> json.put("artifactType", type));
    if (!descriptor.annotations().isEmpty()) {
      ObjectNode annotations = json.putObject("annotations");
      descriptor.annotations().forEach(annotations::put);
    }
    return json;
  }
}
