package dev.registrykit.blaxel;

import java.util.Locale;

/** Which pending shares are meant. */
public enum ShareDirection {
  /** What others want to share with this workspace. */
  INCOMING,
  /** What this workspace wants to share with others. */
  OUTGOING;

  /** Returns the API's word. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
