package dev.registrykit.scaleway;

import dev.registrykit.spi.support.PrintableText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may pull images. An open value: a word this release does not know keeps its text. Immutable.
 *
 * @since 0.1.0
 */
public final class Visibility {

  /** As the namespace says, see {@link ScalewayNamespace#visibility()}. */
  public static final Visibility INHERIT = new Visibility("inherit");

  /** Anybody, without credentials. */
  public static final Visibility PUBLIC = new Visibility("public");

  /** Only who has credentials. */
  public static final Visibility PRIVATE = new Visibility("private");

  private final String text;

  private Visibility(String text) {
    this.text = text;
  }

  /** Returns the visibility of this text. */
  public static Visibility of(String text) {
    return new Visibility(Objects.requireNonNull(text, "text"));
  }

  /** Returns the provider's own text. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Visibility that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns {@link #text()} for logs, with {@code ?} in the place of control characters. */
  @Override
  public String toString() {
    return PrintableText.of(text);
  }
}
