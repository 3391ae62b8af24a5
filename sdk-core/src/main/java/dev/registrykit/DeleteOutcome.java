package dev.registrykit;

/**
 * How a deletion ended; none of them says that storage was freed, which registries do later.
 *
 * @since 0.1.0
 */
public enum DeleteOutcome {
  /** It is gone. */
  DELETED,
  /** The provider took the order and carries it out soon. */
  ACCEPTED,
  /**
   * It was not there: it was missing and {@link DeleteOptions#ignoringMissing()} was given, or the
   * SDK repeated a deletion whose answer was lost and then found nothing.
   */
  ALREADY_ABSENT
}
