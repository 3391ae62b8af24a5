package dev.registrykit.github.internal.auth;

/** The kinds of tokens, which GitHub tells by their beginnings, and what each of them cannot do. */
public enum TokenKind {
  /** A classic personal access token. */
  CLASSIC("ghp_"),
  /** Of an OAuth app, such as GitHub's own command line. */
  OAUTH("gho_"),
  /** Of a user through a GitHub App. */
  APP_USER("ghu_"),
  /** Of an installation of a GitHub App: {@code GITHUB_TOKEN} of a workflow is one. */
  INSTALLATION("ghs_"),
  /** A fine-grained personal access token, which GitHub's packages do not take. */
  FINE_GRAINED("github_pat_"),
  /** Any other, such as the older ones of 40 hexadecimal digits. */
  OTHER("");

  /** Why a fine-grained token is refused before anything is sent; documented by GitHub. */
  public static final String FINE_GRAINED_REFUSED =
      "GitHub's packages take no fine-grained token (github_pat_…): make a classic one, or use the"
          + " token of a workflow";

  private final String beginning;

  TokenKind(String beginning) {
    this.beginning = beginning;
  }

  /** Returns the kind of a token. */
  public static TokenKind of(String token) {
    for (TokenKind kind : values()) {
      if (token.startsWith(kind.beginning)) {
        return kind;
      }
    }
    return OTHER;
  }

  /** Returns whether it belongs to no user, so that nobody's own account can be asked for. */
  public boolean hasNoUser() {
    return this == INSTALLATION;
  }

  /**
   * Returns what it takes to list packages. That a workflow's token cannot is reported (chizkiyahu's
   * delete-untagged-ghcr-action 59, README of snok's container-retention-policy), not documented.
   */
  public String whatListingTakes() {
    return this == INSTALLATION
        ? "the token of a workflow (ghs_…) cannot list packages, as its users report: use a classic"
            + " token with the scope read:packages"
        : "listing packages takes the scope read:packages";
  }

  /** Returns what it takes to read packages. */
  public String whatReadingTakes() {
    return this == INSTALLATION
        ? "the token of a workflow (ghs_…) needs the permission packages: read, and access to the"
            + " package in its settings"
        : "reading packages takes the scope read:packages, and an organisation with single sign-on"
            + " must have authorised the token";
  }

  /** Returns what it takes to delete. The role is reported of workflows (dataaxiom's ghcr-cleanup-action 28). */
  public String whatDeletingTakes() {
    return this == INSTALLATION
        ? "the token of a workflow (ghs_…) needs the permission packages: write, and its repository"
            + " the role Admin under \"Manage Actions access\" in the package's settings"
        : "deleting takes the scopes read:packages and delete:packages, and its user the role Admin"
            + " for the package";
  }

  /** Returns what it takes to push a placeholder. */
  public String whatPushingTakes() {
    return this == INSTALLATION
        ? "the token of a workflow (ghs_…) needs the permission packages: write, and its repository"
            + " the role Write or Admin under \"Manage Actions access\" in the package's settings"
        : "deleting one tag of several pushes a placeholder, which takes the scope write:packages"
            + " beside read:packages and delete:packages";
  }

  /** Returns what it takes to restore. */
  public String whatRestoringTakes() {
    return this == INSTALLATION
        ? "the token of a workflow (ghs_…) needs the permission packages: write, and its repository"
            + " the role Admin under \"Manage Actions access\" in the package's settings"
        : "restoring takes the scopes read:packages and write:packages, and its user the role Admin"
            + " for the package";
  }
}
