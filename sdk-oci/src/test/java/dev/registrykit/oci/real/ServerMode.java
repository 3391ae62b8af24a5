package dev.registrykit.oci.real;

/** How a server is set up. */
record ServerMode(boolean deletes, boolean isReadOnly, Login login) {

  /** Who may come in. */
  enum Login {
    ANYBODY,
    HTPASSWD,
    TOKEN
  }

  static final ServerMode PLAIN = new ServerMode(true, false, Login.ANYBODY);
  static final ServerMode DELETION_DISABLED = new ServerMode(false, false, Login.ANYBODY);
  static final ServerMode READ_ONLY = new ServerMode(true, true, Login.ANYBODY);
  static final ServerMode HTPASSWD = new ServerMode(true, false, Login.HTPASSWD);
  static final ServerMode TOKEN = new ServerMode(true, false, Login.TOKEN);
}
