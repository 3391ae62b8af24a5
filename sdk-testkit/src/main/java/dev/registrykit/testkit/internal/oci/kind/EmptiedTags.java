package dev.registrykit.testkit.internal.oci.kind;

/** How a repository that has lost its last tag lists its tags. */
public enum EmptiedTags {
  NULL,
  EMPTY_LIST,
  NAME_UNKNOWN
}
