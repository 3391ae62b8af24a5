package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.scaleway.EmulatedRegistry;
import java.util.Objects;

/**
 * How a {@link ScalewayEmulator} deviates from what is recorded or assumed of the service. Everything
 * lasts until {@link Emulator#reset()}. {@link Emulator#failNext(Fault)} spoils single requests.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ScalewayFaults {
  private final EmulatedRegistry registry;

  ScalewayFaults(EmulatedRegistry registry) {
    this.registry = registry;
  }

  /**
   * Makes pages shorter than asked for, without saying so.
   *
   * @param size the most items on a page, at least 1
   */
  public void setMaxPageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size);
    }
    registry.setMaxPageSize(size);
  }

  /**
   * Sets whether deleting a tag without force is refused while another tag has its digest; true
   * otherwise. When false, only the named tag goes. Synthetic both ways.
   *
   * @param refused whether to refuse
   */
  public void setSharedDigestRefused(boolean refused) {
    registry.setSharedDigestRefused(refused);
  }

  /**
   * Sets how the deletion of a tag that shares its digest is refused; 412 with the {@code
   * precondition_failed} shape of other products otherwise. Synthetic.
   *
   * @param status an HTTP status
   * @param body sent as JSON, not checked
   */
  public void setSharedDigestRefusal(int status, String body) {
    registry.setSharedDigestRefusal(status, Objects.requireNonNull(body, "body"));
  }

  /**
   * Sets whether {@code force}, which the API calls deprecated, makes a difference; true otherwise.
   * When false, every deletion of a tag is done as if forced: none is refused, and the siblings go
   * too unless {@link #setForceTakesSiblings} spares them. Synthetic both ways.
   *
   * @param enforced whether a deletion without force is another one
   */
  public void setForceEnforced(boolean enforced) {
    registry.setForceEnforced(enforced);
  }

  /**
   * Sets whether {@code force=true} deletes all tags of the digest (true otherwise) or only the
   * named one. Synthetic both ways.
   *
   * @param takes whether the siblings go too
   */
  public void setForceTakesSiblings(boolean takes) {
    registry.setForceTakesSiblings(takes);
  }
}
