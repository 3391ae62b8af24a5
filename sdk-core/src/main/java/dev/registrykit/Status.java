package dev.registrykit;

import dev.registrykit.internal.Printable;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of an image or a tag, as the provider words it.
 *
 * <p>An open value: a state this release does not know keeps its text. Two are equal if their texts
 * are, whatever their case. Immutable.
 *
 * @since 0.1.0
 */
public final class Status {

  /** The provider says nothing of states, or said nothing here. */
  public static final Status UNKNOWN = new Status("unknown");

  /** Ready for use. */
  public static final Status READY = new Status("ready");

  /** Being deleted; it will be gone soon. */
  public static final Status DELETING = new Status("deleting");

  /** Failed. */
  public static final Status ERROR = new Status("error");

  /** Locked by the provider: it can be neither pulled nor changed. */
  public static final Status LOCKED = new Status("locked");

  private final String text;

  private Status(String text) {
    this.text = text;
  }

  /** Returns the state of this text; blank text is {@link #UNKNOWN}. */
  public static Status of(String text) {
    Objects.requireNonNull(text, "text");
    return text.isBlank() ? UNKNOWN : new Status(text);
  }

  /** Returns the provider's own text. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Status that && inLowerCase().equals(that.inLowerCase());
  }

  @Override
  public int hashCode() {
    return inLowerCase().hashCode();
  }

  private String inLowerCase() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Returns {@link #text()} for logs, with {@code ?} in the place of control characters. */
  @Override
  public String toString() {
    return Printable.of(text);
  }
}
