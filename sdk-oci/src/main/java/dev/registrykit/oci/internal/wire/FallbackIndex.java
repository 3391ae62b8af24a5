package dev.registrykit.oci.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.ImageRef;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.generated.JsonTrees;
import dev.registrykit.spi.support.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the index under the fallback tag, which names what refers to a manifest. Apart from {@link Referrers}, because it
 * changes JSON that others wrote, for which programs that only read need not load a library.
 */
public final class FallbackIndex {

  private final OciApi api;
  private final Referrers referrers;

  /** Makes one for a change; it holds nothing of its own. */
  public FallbackIndex(OciApi api, Referrers referrers) {
    this.api = api;
    this.referrers = referrers;
  }

  /** Adds a referrer to the fallback index; two requests, and another's change between is lost. */
  public void add(Operation operation, ImageRef image, OciManifest referrer) {
    String digest = subject(referrer).digest();
    Optional<OciManifest> index = referrers.fallback(operation, image, digest);
    if (!index.map(present -> lists(present, referrer)).orElse(false)) {
      ObjectNode document =
          index.isPresent() ? document(operation, digest, index.get()) : emptyIndex();
      document.withArray("manifests").add(describe(referrer));
      write(operation, image, Referrers.fallbackTag(digest), document);
    }
  }

  /** Takes a deleted referrer out of the fallback index, if it is in one; up to two requests. */
  public void remove(Operation operation, ImageRef image, OciManifest referrer) {
    String digest = subject(referrer).digest();
    Optional<OciManifest> index = referrers.fallback(operation, image, digest);
    if (index.isPresent() && lists(index.get(), referrer)) {
      ObjectNode document = document(operation, digest, index.get());
      Iterator<JsonNode> entries = document.withArray("manifests").elements();
      while (entries.hasNext()) { // Jackson 2.15 has no removeIf
        if (entries.next().path("digest").asText().equals(referrer.digest())) {
          entries.remove();
        }
      }
      write(operation, image, Referrers.fallbackTag(digest), document);
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
    throw operation.invalid(
        "the tag " + Referrers.fallbackTag(digest) + " points to no list of referrers");
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
