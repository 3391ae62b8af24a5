package dev.registrykit.testkit.internal.blaxel;

/** The only workspace there is, and who is let into it; none of it is a real credential. */
public final class Workspace {
  public static final String NAME = "acme";
  public static final String ACCOUNT = "account-of-acme";
  public static final String API_KEY = "bl_emulator_key_0123456789";
  public static final String CLIENT_ID = "emulator-client";
  public static final String CLIENT_SECRET = "emulator-secret-0123456789";

  private Workspace() {}
}
