package dev.registrykit.oci.internal.wire;

import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.Tag;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.OciDescriptor;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.internal.auth.AuthTargets;
import dev.registrykit.oci.internal.generated.api.ListingsApi;
import dev.registrykit.oci.internal.generated.model.ManifestDocument;
import dev.registrykit.oci.internal.generated.model.RepositoryList;
import dev.registrykit.oci.internal.generated.model.TagList;
import dev.registrykit.oci.internal.wire.ManifestReader.UnreadableException;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.reliability.fuzz.Refusal;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.transport.TransportTargets;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What OCI registries answer; here for what the package alone can see. */
public final class OciWireTargets {

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final URI BASE = URI.create("https://registry.example/proxy");

  private static final Operation OPERATION = Operation.onTag("delete", IMAGE, "1.2");

  private static final Pattern CODE =
      Pattern.compile("(?s).*(UNKNOWN|NOT_FOUND|TAG_EXPIRED|\\\\u).*");

  private static final Instant FIRST_REAL = Instant.parse("1980-01-02T00:00:00Z");

  private static final List<String> TYPES = List.of(
      OciManifest.OCI_MANIFEST,
      OciManifest.OCI_INDEX,
      OciManifest.DOCKER_MANIFEST,
      OciManifest.DOCKER_MANIFEST_LIST,
      OciManifest.OCI_INDEX + "; charset=utf-8",
      "text/html");

  private OciWireTargets() {}

  /** Whoever made a cursor up gets no further than the listing's own address. */
  public static void cursor(byte[] input) {
    PageLinks links = PageLinks.ofTags(BASE, IMAGE);
    String own = String.valueOf(links.format(URI.create("https://elsewhere.example/x?n=1")));
    String prefix = own.substring(0, own.indexOf('?'));
    for (String cursor : List.of(Claim.text(input), prefix + Claim.text(input))) {
      URI page;
      try {
        page = links.parse(cursor);
      } catch (IllegalArgumentException e) {
        Claim.shown(e);
        continue;
      }
      Claim.that(cursor.startsWith(prefix), "a foreign cursor was taken");
      Claim.same("https", page.getScheme(), "the scheme of a page");
      Claim.same("registry.example", page.getRawAuthority(), "the host of a page");
      Claim.same("/proxy/v2/shop/web/tags/list", page.getRawPath(), "the path of a page");
      Claim.that(page.getRawFragment() == null, "a page has a fragment");
      Claim.that(!page.getRawQuery().isEmpty(), "the first page in the place of another");
      Claim.same(cursor, String.valueOf(links.format(page)), "a cursor read and written");
    }
  }

  /** A manifest is what its type says, of parts that can be asked for; or it is refused. */
  public static void manifest(byte[] input) {
    int choice = input.length == 0 ? 0 : input[0] & 0xff;
    byte[] bytes = Claim.behind(input, 1);
    String digest = Digests.of(bytes);
    OciManifest manifest;
    try {
      manifest = ManifestReader.read(TYPES.get(choice % TYPES.size()), digest, bytes);
    } catch (UnreadableException e) {
      Claim.shown(OPERATION.invalid(String.valueOf(e.getMessage())));
      return;
    }
    Claim.that(Arrays.equals(bytes, manifest.bytes()), "other bytes");
    Claim.that(Digests.matches(manifest.digest(), bytes), "another digest");
    Claim.that(
        manifest.isIndex()
            ? manifest.layers().isEmpty() && manifest.config().isEmpty()
            : manifest.manifests().isEmpty(),
        "it is both");
    manifest.layers().forEach(OciWireTargets::requireSound);
    manifest.manifests().forEach(OciWireTargets::requireSound);
    manifest.config().ifPresent(OciWireTargets::requireSound);
    manifest.subject().ifPresent(subject -> {
      requireSound(subject);
      ImageRef.requireTag(Referrers.fallbackTag(subject.digest()));
    });
    manifest.annotations().values().forEach(Dates::parse);
  }

  private static void requireSound(OciDescriptor descriptor) {
    ImageRef.requireDigest(descriptor.digest());
    Claim.that(descriptor.sizeBytes() >= 0, "a size is negative");
    Claim.oneLine(descriptor.toString(), "a descriptor for logs");
  }

  /** Of a list comes what can be asked for, in its order; what is no list is refused. */
  public static void list(byte[] input) {
    try {
      TagList tags = ListingsApi.listTags("shop/web", 2, null).read(input, OPERATION::invalid);
      if (tags != null) {
        requireSound(tags);
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
    try {
      RepositoryList list = ListingsApi.listRepositories(2, null).read(input, OPERATION::invalid);
      for (Image image : list == null ? List.<Image>of() : OciMapper.images(list)) {
        RepositoryNames.require(image.ref());
      }
    } catch (InvalidResponseException e) {
      Claim.shown(e);
    }
    try {
      ManifestDocument referrers =
          ListingsApi.listReferrers("shop/web", "sha256:0", null).read(input, OPERATION::invalid);
      ManifestReader.descriptors(referrers == null ? null : referrers.getManifests())
          .forEach(OciWireTargets::requireSound);
    } catch (UnreadableException | InvalidResponseException e) {
      Claim.shown(e);
    }
  }

  private static void requireSound(TagList list) {
    List<Tag> tags = OciMapper.tags(IMAGE, list);
    List<String> names = list.getTags() == null ? List.of() : list.getTags();
    int next = 0;
    for (Tag tag : tags) {
      ImageRef.requireTag(tag.name());
      Claim.same(IMAGE, tag.image(), "the image of a tag");
      while (!tag.name().equals(names.get(next))) {
        next++;
      }
      tag.digest()
          .ifPresent(digest -> Claim.that(Digests.isVerifiable(digest), "a digest is none"));
      tag.createdAt().ifPresent(date -> Claim.that(!date.isBefore(FIRST_REAL), "a date is none"));
      Claim.that(tag.sizeBytes().orElse(1) > 0, "a size is none");
    }
  }

  /** A refusal says what it is; that something is gone, only in the registry's own words. */
  public static void refusal(byte[] input) {
    Refusal refusal = Refusal.of(input);
    RegistryServiceException failure = OciErrors.map(
        TransportTargets.refusal(
            refusal.status(), refusal.headers(), refusal.body(), Refusal.SECRET),
        OPERATION,
        IMAGE);
    refusal.requireSound(failure);
    boolean isAbsent =
        failure instanceof TagNotFoundException || failure instanceof ImageNotFoundException;
    if (isAbsent) {
      Claim.that(refusal.status() == 404 || refusal.status() == 400, "gone by " + refusal.status());
      Claim.that(CODE.matcher(refusal.text()).matches(), "gone by " + refusal.text());
    }
    if (failure instanceof NotFoundException plain && !isAbsent) {
      Claim.that(!Absence.isProved(plain), "a plain 404 proves something");
    }
    refusal.requireSound(
        AuthTargets.refusal(refusal.status(), refusal.headers(), refusal.body(), Refusal.SECRET));
  }
}
