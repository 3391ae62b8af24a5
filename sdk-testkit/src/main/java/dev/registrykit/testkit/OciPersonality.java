package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.oci.kind.Behaviour;

/**
 * The kind of registry an {@link OciEmulator} is.
 *
 * <p>docker-registry 2.8.2, distribution 3.0, olareg and ocimem answer as recorded from real
 * servers; of the last two, only what a client of manifests and lists meets was looked at. The others do
 * what their source or documentation says they do. Their wording is taken from there where it is
 * known: zot's and Quay's error codes, Harbor's messages, Artifact Registry's {@code
 * GOOGLE_MANIFEST_…} codes. The rest is <b>synthetic</b>: all that Docker Hub, GHCR and Artifact
 * Registry say about names and manifests that are not there, the details of zot's and Quay's errors,
 * the headers, and which of them has a catalogue or takes part in content negotiation.
 *
 * @since 0.1.0
 */
public enum OciPersonality {
  /**
   * docker-registry 2.8.2 with deletion enabled: tags cannot be deleted (400 {@code
   * DIGEST_INVALID}), manifests can, with all their tags; tag lists are whole, in no order, and
   * {@code null} when emptied; Docker images are converted for clients that do not accept them.
   */
  DISTRIBUTION_2,
  /** docker-registry 2.8.2 with deletion disabled: 405 {@code UNSUPPORTED} for every DELETE. */
  DISTRIBUTION_2_DELETE_DISABLED,
  /** docker-registry 2.8.2 in maintenance mode: 405 in plain text for everything that writes. */
  DISTRIBUTION_2_READ_ONLY,
  /**
   * distribution 3.0 with deletion enabled: tags can be deleted; lists are sorted and paged, and
   * one tag is lost when {@code last} names a tag that is no longer there.
   */
  DISTRIBUTION_3_0,
  /** distribution 3.0 with deletion disabled, which refuses digests but still deletes tags. */
  DISTRIBUTION_3_0_DELETE_DISABLED,
  /**
   * distribution 3.1.1 with deletion enabled: pages of at most 1,000; a full page has a link even
   * when it is the last, and the page after it is {@code null}. From its source.
   */
  DISTRIBUTION_3_1,
  /** distribution 3.1.1 with deletion disabled: 405 {@code UNSUPPORTED} for every DELETE. */
  DISTRIBUTION_3_1_DELETE_DISABLED,
  /**
   * zot: tags can be deleted; a manifest that an index lists cannot (405 {@code DENIED}); a DELETE
   * in an unknown repository is 400 {@code NAME_UNKNOWN}; an unknown {@code last} is 404 without a
   * body; has referrers.
   */
  ZOT,
  /**
   * Harbor: tags cannot be deleted over this API (400 {@code UNSUPPORTED}); a manifest goes with all
   * its tags, an index with the children nothing else needs; immutable tags and children are refused
   * with 412; has referrers.
   */
  HARBOR,
  /**
   * Docker Hub: 405 for tags, 403 for a manifest that is tagged or listed by an index; pages of at
   * most 100; no catalogue.
   */
  DOCKER_HUB,
  /** GitHub's ghcr.io: 405 for every DELETE; pages of 100 unless up to 1,000 are asked for. */
  GHCR,
  /**
   * Google Artifact Registry: tags can be deleted; a manifest only when no tag, index or referrer
   * needs it (400 {@code GOOGLE_MANIFEST_…}); tag lists carry a map of manifests with dates; has
   * referrers, no catalogue.
   */
  ARTIFACT_REGISTRY,
  /**
   * Quay: tags can be deleted; a manifest without tags is 404; immutable tags are 409; pages of at
   * most 100; deleting needs the right to push, and its token server does not know another one.
   */
  QUAY,
  /**
   * olareg 0.1.2 with deletion enabled: tags can be deleted, and a manifest goes with all its tags; a
   * repository that is not there has an empty list of tags; a manifest whose type is not accepted is
   * 404, or the first accepted child of an index asked for by tag; errors are JSON that says plain
   * text; has referrers, {@code null} for none, and no catalogue.
   */
  OLAREG,
  /**
   * olareg 0.1.2 as it starts by default, with deletion disabled: 405 without a code or a body for
   * every DELETE.
   */
  OLAREG_DELETE_DISABLED,
  /**
   * The {@code ocimem} registry of {@code cuelabs.dev/go/oci/ociregistry}, of 2025-12-12, as {@code
   * ociserver} serves it: tags can be deleted; a manifest goes without its tags, which stay listed
   * and answer 404 {@code MANIFEST_UNKNOWN} until they are deleted or pushed again; lists are JSON
   * that says plain text, and {@code null} when empty; a manifest that cannot be taken is 500; has
   * referrers.
   */
  OCIMEM;

  Behaviour behaviour() {
    return switch (this) {
      case DISTRIBUTION_2 -> Behaviour.DISTRIBUTION_2;
      case DISTRIBUTION_2_DELETE_DISABLED -> Behaviour.DISTRIBUTION_2_DELETE_DISABLED;
      case DISTRIBUTION_2_READ_ONLY -> Behaviour.DISTRIBUTION_2_READ_ONLY;
      case DISTRIBUTION_3_0 -> Behaviour.DISTRIBUTION_3_0;
      case DISTRIBUTION_3_0_DELETE_DISABLED -> Behaviour.DISTRIBUTION_3_0_DELETE_DISABLED;
      case DISTRIBUTION_3_1 -> Behaviour.DISTRIBUTION_3_1;
      case DISTRIBUTION_3_1_DELETE_DISABLED -> Behaviour.DISTRIBUTION_3_1_DELETE_DISABLED;
      case ZOT -> Behaviour.ZOT;
      case HARBOR -> Behaviour.HARBOR;
      case DOCKER_HUB -> Behaviour.DOCKER_HUB;
      case GHCR -> Behaviour.GHCR;
      case ARTIFACT_REGISTRY -> Behaviour.ARTIFACT_REGISTRY;
      case QUAY -> Behaviour.QUAY;
      case OLAREG -> Behaviour.OLAREG;
      case OLAREG_DELETE_DISABLED -> Behaviour.OLAREG_DELETE_DISABLED;
      case OCIMEM -> Behaviour.OCIMEM;
    };
  }
}
