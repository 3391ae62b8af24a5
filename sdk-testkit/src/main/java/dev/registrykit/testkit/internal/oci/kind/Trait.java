package dev.registrykit.testkit.internal.oci.kind;

/** What a registry can do, or does without being asked. */
public enum Trait {
  CATALOG,
  REFERRERS,
  /** Nothing can be written: docker-registry's maintenance mode. */
  READ_ONLY,
  /** A manifest is refused while a blob or a child of it is missing. */
  CHECKS_BLOBS,
  /** A blob may be sent with the POST that would begin its upload. */
  MONOLITHIC_POST,
  /** Deleting an index by digest deletes the children that nothing else needs. */
  TAKES_CHILDREN,
  /** Tag lists carry Google's map of manifests, with dates and sizes. */
  DATED_LISTING,
  /** A page of no tags is sent even where there is no such repository. */
  EMPTY_PAGE_OF_NOTHING,
  /** A repository that is not there has a list of tags, an empty one. */
  LISTS_ANY_REPOSITORY,
  /** A repository is there once a blob was pushed to it. */
  NEEDS_NO_TAG,
  /** A list of no repositories, or of no referrers, is {@code null}. */
  NULL_FOR_NONE,
  /** Deleting a manifest by digest leaves its tags, which are listed and name nothing. */
  KEEPS_TAG_NAMES,
  /** Reads have no {@code Etag} and know no {@code If-None-Match}. */
  NO_CONDITIONS,
  /** {@code /v2/} answers without a body, and nothing else names the version of the API. */
  EMPTY_BASE,
  /** Deleting asks for the right to push, and the token server does not know another one. */
  DELETES_BY_PUSH_RIGHT
}
