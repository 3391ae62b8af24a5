package dev.registrykit.testkit.internal.oci.kind;

/** What becomes of a manifest whose media type the request does not accept. */
public enum Negotiation {
  /** Sent all the same. */
  NONE,
  /** Refused; of a list asked for by tag, the first child of a type that is accepted is sent. */
  ACCEPTED_CHILD,
  /** OCI types are refused; Docker types are sent. */
  OCI_REFUSED,
  /** As before, and a Docker list asked for by tag becomes its linux/amd64 child. */
  CHILD_FOR_LIST,
  /** As before, and a Docker image asked for by tag becomes a manifest of schema 1. */
  SCHEMA_1_FOR_IMAGE
}
