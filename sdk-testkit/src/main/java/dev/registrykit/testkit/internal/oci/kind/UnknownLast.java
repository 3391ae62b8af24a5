package dev.registrykit.testkit.internal.oci.kind;

/** Where a list goes on after a name that is not in it. */
public enum UnknownLast {
  /** At the first name after it. */
  NEXT,
  /** At the second name after it: the first is lost, as recorded from distribution 3.0. */
  AFTER_NEXT,
  /** Nowhere: the request is refused. */
  REFUSED
}
