package dev.registrykit.oci.internal.auth;

/** Knows what else a repository may be called by the registry that it is asked for. */
public final class RepositoryAlias {

  private RepositoryAlias() {}

  /**
   * Returns whether what names that repository is about the one that was asked for: some proxies put a
   * prefix before the name, or take one away.
   */
  public static boolean isOf(String asked, String named) {
    return named.equals(asked) || asked.endsWith("/" + named) || named.endsWith("/" + asked);
  }
}
