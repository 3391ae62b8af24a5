package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.blaxel.EmulatedBlaxel;
import java.util.Objects;

/**
 * How a {@link BlaxelEmulator} deviates from what is documented or assumed of the service. Everything
 * lasts until {@link Emulator#reset()}. {@link Emulator#failNext(Fault)} spoils single requests.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class BlaxelFaults {
  private final EmulatedBlaxel service;

  BlaxelFaults(EmulatedBlaxel service) {
    this.service = service;
  }

  /**
   * Sets whether deletions are answered with 204 and no body, instead of 200 and the image.
   *
   * @param without whether to send nothing
   */
  public void setAnswersDeletionsWithoutContent(boolean without) {
    service.setAnswersDeletionsWithoutContent(without);
  }

  /**
   * Sets whether an empty page, with more to come, stands before each page.
   *
   * @param between whether to put them there
   */
  public void setEmptyPagesBetween(boolean between) {
    service.setEmptyPagesBetween(between);
  }

  /**
   * Sets how the deletion of what is in use is refused, always with 400. The real words are not
   * known.
   *
   * @param body sent as JSON, not checked
   */
  public void setInUseBody(String body) {
    service.setInUseBody(Objects.requireNonNull(body, "body"));
  }

  /**
   * Sets whether builds end as {@code FAILED}, without {@code spec} as the vendor's tests have it.
   *
   * @param fail whether they fail
   */
  public void setBuildsFail(boolean fail) {
    service.setBuildsFail(fail);
  }
}
