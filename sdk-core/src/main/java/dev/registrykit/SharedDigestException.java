package dev.registrykit;

import java.util.ArrayList;
import java.util.List;

/**
 * Nothing was deleted, because other tags point to the same digest and would have gone too. {@link
 * DeleteOptions#withForce()} deletes all the same.
 *
 * @since 0.1.0
 */
public final class SharedDigestException extends ConflictException {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> siblings;

  /** Makes an exception that names the other tags. */
  public SharedDigestException(List<String> siblings, ErrorDetails details) {
    super(details);
    this.siblings = new ArrayList<>(siblings);
  }

  /** Returns the names of the other tags of the same digest, as far as they are known. */
  public List<String> siblings() {
    return List.copyOf(siblings);
  }
}
