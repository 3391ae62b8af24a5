package dev.registrykit.testkit.internal.oci.kind;

/** What a registry may refuse. A case without a text in a registry's table is not refused there. */
public enum Case {
  ROUTE_UNKNOWN,
  METHOD_UNKNOWN,
  NAME_INVALID,
  NAME_TOO_LONG,
  REPOSITORY_UNKNOWN,
  MANIFEST_REPOSITORY_UNKNOWN,
  TAG_UNKNOWN,
  DIGEST_UNKNOWN,
  DIGEST_MALFORMED,
  REFERRERS_REPOSITORY_UNKNOWN,
  BLOB_UNKNOWN,
  UPLOAD_UNKNOWN,

  PAGE_SIZE_INVALID,
  PAGE_SIZE_TOO_BIG,
  LAST_UNKNOWN,

  PUT_INVALID,
  PUT_NO_JSON,
  PUT_BLOB_UNKNOWN,
  PUT_DIGEST_MISMATCH,
  PUT_IMMUTABLE,

  /** Deleting any tag. */
  DELETE_TAG,
  /** Deleting any manifest by its digest. */
  DELETE_DIGEST,
  /** Deleting any blob. */
  DELETE_BLOB,
  DELETE_REPOSITORY_UNKNOWN,
  DELETE_TAG_UNKNOWN,
  DELETE_DIGEST_UNKNOWN,
  DELETE_DIGEST_MALFORMED,
  DELETE_IMMUTABLE,
  /** Deleting a manifest that a tag points at; the reference is that tag. */
  DELETE_TAGGED,
  /** Deleting a manifest that an index lists; the reference is that index. */
  DELETE_CHILD,
  /** Deleting a manifest that another one refers to as its subject; the reference is that one. */
  DELETE_SUBJECT,
  /** Deleting a manifest that no tag points at. */
  DELETE_UNTAGGED
}
