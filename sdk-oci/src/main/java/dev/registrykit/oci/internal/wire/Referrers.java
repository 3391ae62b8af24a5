package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.PagedIterable;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What refers to a manifest, such as its signatures: by the registry's own list, or by the index
 * under the fallback tag of the specification where there is no such list ({@link FallbackIndex}).
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
  Optional<OciManifest> fallback(Operation operation, ImageRef image, String digest) {
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
}
