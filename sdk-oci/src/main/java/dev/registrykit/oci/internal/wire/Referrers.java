package dev.registrykit.oci.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What refers to a manifest, such as its signatures: by the registry's own list, or by the index
 * under the fallback tag of the specification where there is no such list.
 */
public final class Referrers {

  /** What the specification cuts the two halves of the fallback tag to. */
  private static final int MAX_ALGORITHM = 32;

  private static final int MAX_ENCODED = 64;

  private final OciConfiguration configuration;
  private final OciApi api;

  public Referrers(OciConfiguration configuration, OciApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  public PagedIterable<OciDescriptor> list(
      ImageRef image, String digest, @Nullable String artifactType) {
    Operation operation = Operation.on("list referrers of " + digest + " of " + image);
    PageLinks links = PageLinks.ofReferrers(configuration.baseUrl(), image, digest);
    return Pages.of(new Listing<>(
        operation.description(),
        cursor -> cursor == null
            ? firstPage(operation, links, image, digest, artifactType)
            : fetched(
                links,
                api.listReferrers(operation, image, digest, artifactType, links.parse(cursor))),
        null,
        OciDescriptor::digest,
        // A registry may ignore the filter that it is sent.
        referrer ->
            artifactType == null || artifactType.equals(referrer.artifactType().orElse(null)),
        configuration.httpOptions().maxPages(),
        api.operations()));
  }

  private FetchedPage<OciDescriptor> firstPage(
      Operation operation,
      PageLinks links,
      ImageRef image,
      String digest,
      @Nullable String artifactType) {
    JsonPage<List<OciDescriptor>> page;
    try {
      page = api.listReferrers(operation, image, digest, artifactType, null);
    } catch (NotFoundException e) {
      // By the specification: the registry has no such list.
      Optional<OciManifest> index = fallback(operation, image, digest);
      return new FetchedPage<>(index.map(OciManifest::manifests).orElse(List.of()), null, null);
    }
    return fetched(links, page);
  }

  private static FetchedPage<OciDescriptor> fetched(
      PageLinks links, JsonPage<List<OciDescriptor>> page) {
    return new FetchedPage<>(page.body(), links.format(page.next()), null);
  }

  /**
   * A 404 without a reason may be a gateway's: nothing would seem to refer to what is signed, and what
   * is there would be overwritten.
   */
  private Optional<OciManifest> fallback(Operation operation, ImageRef image, String digest) {
    return api.findManifest(operation, image, fallbackTag(digest));
  }

  /** Returns the tag of the index that stands in for a list of referrers. */
  public static String fallbackTag(String digest) {
    int colon = digest.indexOf(':');
    String algorithm = digest.substring(0, Math.min(colon, MAX_ALGORITHM));
    String encoded =
        digest.substring(colon + 1, Math.min(digest.length(), colon + 1 + MAX_ENCODED));
    return (algorithm + "-" + encoded).replaceAll("[^a-zA-Z0-9._-]", "-");
  }

  /** Adds a referrer to the fallback index; two requests, and another's change between is lost. */
  public void add(Operation operation, ImageRef image, OciManifest referrer) {
    String digest = subject(referrer).digest();
    Optional<OciManifest> index = fallback(operation, image, digest);
    if (!index.map(present -> lists(present, referrer)).orElse(false)) {
      ObjectNode document =
          index.isPresent() ? document(operation, digest, index.get()) : emptyIndex();
      document.withArray("manifests").add(describe(referrer));
      write(operation, image, fallbackTag(digest), document);
    }
  }

  /** Takes a deleted referrer out of the fallback index, if it is in one; up to two requests. */
  public void remove(Operation operation, ImageRef image, OciManifest referrer) {
    String digest = subject(referrer).digest();
    Optional<OciManifest> index = fallback(operation, image, digest);
    if (index.isPresent() && lists(index.get(), referrer)) {
      ObjectNode document = document(operation, digest, index.get());
      Iterator<JsonNode> entries = document.withArray("manifests").elements();
      while (entries.hasNext()) { // Jackson 2.15 has no removeIf
        if (entries.next().path("digest").asText().equals(referrer.digest())) {
          entries.remove();
        }
      }
      write(operation, image, fallbackTag(digest), document);
    }
  }

  private static boolean lists(OciManifest index, OciManifest referrer) {
    return index.manifests().stream().anyMatch(entry -> entry.digest().equals(referrer.digest()));
  }

  /** Returns what others wrote as it is: what this version does not know of stays in it. */
  private ObjectNode document(Operation operation, String digest, OciManifest index) {
    try {
      if (index.isIndex() && JsonTrees.read(index.bytes()) instanceof ObjectNode document) {
        return document;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was read before", e);
    }
    throw operation.invalid("the tag " + fallbackTag(digest) + " points to no list of referrers");
  }

  private static ObjectNode emptyIndex() {
    ObjectNode index = JsonNodeFactory.instance
        .objectNode()
        .put("schemaVersion", 2)
        .put("mediaType", OciManifest.OCI_INDEX);
    index.putArray("manifests");
    return index;
  }

  private static OciDescriptor subject(OciManifest referrer) {
    return referrer.subject().orElseThrow();
  }

  private static ObjectNode describe(OciManifest referrer) {
    ObjectNode entry = JsonNodeFactory.instance
        .objectNode()
        .put("mediaType", referrer.mediaType())
        .put("digest", referrer.digest())
        .put("size", referrer.sizeBytes());
    referrer
        .artifactType()
        .or(() -> referrer.config().map(OciDescriptor::mediaType))
        .ifPresent(type -> entry.put("artifactType", type));
    if (!referrer.annotations().isEmpty()) {
      ObjectNode annotations = entry.putObject("annotations");
      new TreeMap<>(referrer.annotations()).forEach(annotations::put);
    }
    return entry;
  }

  private void write(Operation operation, ImageRef image, String tag, ObjectNode index) {
    byte[] bytes = index.toString().getBytes(StandardCharsets.UTF_8);
    String mediaType = index.path("mediaType").asText(OciManifest.OCI_INDEX);
    api.putManifest(
        operation,
        image,
        tag,
        OciManifest.builder(mediaType, Digests.of(bytes), bytes).build());
  }
}
