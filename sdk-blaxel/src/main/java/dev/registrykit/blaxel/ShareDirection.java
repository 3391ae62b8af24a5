package dev.registrykit.blaxel;

/**
 * Which pending shares are meant.
 *
 * @since 0.1.0
 */
public enum ShareDirection {
  /** What others want to share with this workspace. */
  INCOMING,
  /** What this workspace wants to share with others. */
  OUTGOING
}
