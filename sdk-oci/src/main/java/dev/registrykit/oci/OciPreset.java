package dev.registrykit.oci;

/**
 * What is known beforehand of a registry service. Chosen by the host, or with {@link
 * OciRegistryBuilder#preset(OciPreset)} for one under a host of its own.
 *
 * <p>None of these was tried against the vendor's real service: they follow its documentation, its
 * source, and reports of its users. {@code docs/oci-presets.md} says which, row by row.
 *
 * @since 0.1.0
 */
public enum OciPreset {
  /**
   * Any registry: nothing is assumed. Pages of up to 1,000, placeholders where only manifests can be
   * deleted.
   */
  GENERIC,
  /**
   * {@code docker.io}, which is {@code registry-1.docker.io} on the wire; {@code nginx} is {@code
   * library/nginx}. Pages of up to 100. Neither images can be listed nor anything be deleted: Docker
   * Hub's own API does. By its documentation, reading a manifest (a tag, or dates) counts as a pull,
   * and asking for its digest does not.
   */
  DOCKER_HUB,
  /**
   * {@code ghcr.io}. Neither images can be listed nor anything be deleted: the GitHub provider of this
   * SDK does that.
   */
  GHCR,
  /** {@code quay.io}. Pages of up to 100; deletes tags. */
  QUAY,
  /** {@code registry.gitlab.com}, or GitLab's registry elsewhere. Deletes tags from 16.4 on. */
  GITLAB,
  /** Harbor 2, wherever it is. Deletes manifests only; placeholders are used. */
  HARBOR,
  /** Amazon ECR, private. The user is {@code AWS}, the password lasts 12 hours. */
  ECR,
  /** Azure Container Registry. Deletes manifests only; placeholders are used. */
  ACR,
  /**
   * Google's Artifact Registry and Container Registry. The user is {@code oauth2accesstoken}.
   * Listings bring digests, dates and sizes of themselves; images cannot be listed.
   */
  ARTIFACT_REGISTRY,
  /** Scaleway's endpoint for Docker clients. To delete, use the Scaleway provider of this SDK. */
  SCALEWAY,
  /** Blaxel's endpoints for Docker clients. To delete, use the Blaxel provider of this SDK. */
  BLAXEL,
  /**
   * Bitbucket Cloud's {@code crg.apkg.io}. The user is the Atlassian account's e-mail address, the
   * password an API token with the scope {@code read:package:bitbucket} or {@code
   * write:package:bitbucket}. Whether it deletes by this protocol is not known, so it is asked: a
   * tag needs write permission for the repository, an image admin permission. No placeholder is
   * pushed unless asked for, because a push starts its garbage collection. Storage is freed later.
   */
  BITBUCKET
}
