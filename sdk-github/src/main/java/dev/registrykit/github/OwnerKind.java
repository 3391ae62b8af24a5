package dev.registrykit.github;

/**
 * Whose images they are, which decides the paths of GitHub's API.
 *
 * @since 0.1.0
 */
public enum OwnerKind {
  /** An organisation. */
  ORGANIZATION,
  /** A user, who may be another than the token's. Only what that one lets the token's user see is there. */
  USER,
  /** The user that the token belongs to. */
  TOKEN_USER
}
