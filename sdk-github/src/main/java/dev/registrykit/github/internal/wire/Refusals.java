package dev.registrykit.github.internal.wire;

import java.util.Locale;

/**
 * The words of refusals that GitHub does not document, as users report them. Last version: mkoepf's ghcrctl
 * OBSERVATIONS.md, kairos 4723, actions/delete-package-versions 231. Downloads: positron 15764, cosign 3984.
 */
final class Refusals {

  private Refusals() {}

  /** Such as "You cannot delete the last tagged version of a package. You must delete the package instead." */
  static boolean isLastVersion(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("cannot delete the last") && text.contains("version");
  }

  /** Such as "Publicly visible package versions with more than 5000 downloads cannot be deleted…". */
  static boolean isDownloadLimit(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("downloads") && text.contains("cannot be deleted");
  }
}
