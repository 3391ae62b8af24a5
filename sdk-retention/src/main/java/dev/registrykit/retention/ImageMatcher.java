package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.retention.internal.rules.Glob;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells images by their paths, such as {@code shop/web}. Immutable.
 *
 * <p>A pattern that stands for every image is refused, because it is mostly a mistake or a variable that
 * was empty; whoever means all images says {@link #all()}. Upper and lower case are told apart. Two are
 * equal if their texts are.
 *
 * @since 0.1.0
 */
public final class ImageMatcher {

  private static final ImageMatcher ALL =
      new ImageMatcher("all images", ListImagesOptions.defaults(), Pattern.compile("(?s).*"));

  private final String text;
  private final ListImagesOptions listing;
  private final Pattern paths;

  private ImageMatcher(String text, ListImagesOptions listing, Pattern paths) {
    this.text = text;
    this.listing = listing;
    this.paths = paths;
  }

  /** Returns the matcher of every image. */
  public static ImageMatcher all() {
    return ALL;
  }

  /**
   * Returns the matcher of the images whose whole path looks like this: {@code *} stands for any
   * characters within one piece of the path, {@code ?} for one, and everything else for itself. A piece that is
   * {@code **} stands for any number of pieces: {@code shop/**} is everything below {@code shop}, at any
   * depth, and {@code **}{@code /web} every {@code web}, {@code web} itself included.
   *
   * @throws IllegalArgumentException if the glob is blank, has an empty piece, characters that no path has or {@code **}
   *     beside something else in a piece, or has nothing but signs, such as {@code *}{@code /*}
   */
  public static ImageMatcher glob(String glob) {
    Objects.requireNonNull(glob, "glob");
    if (!glob.matches("[a-zA-Z0-9._/*?~+-]{1,255}")) {
      throw wrong(glob, "is not of letters, digits, . _ - / and the signs * and ?");
    }
    if (glob.matches("[*?/]+")) {
      throw wrong(glob, "stands for every image; say \"all\" if that is meant");
    }
    return new ImageMatcher(
        "images like \"" + glob + "\"", listing(glob), Pattern.compile(regex(glob)));
  }

  private static IllegalArgumentException wrong(String glob, String what) {
    return new IllegalArgumentException("images: \"" + glob + "\" " + what);
  }

  /** The pieces between two {@code **} are found where they come first, as {@link Glob} does it within one. */
  private static String regex(String glob) {
    List<String> pieces = List.of(glob.split("/", -1));
    pieces.forEach(piece -> requirePiece(glob, piece));
    int last = pieces.lastIndexOf("**");
    StringBuilder regex = new StringBuilder();
    boolean isBehindAny = false;
    for (int i = 0; i < pieces.size(); i++) {
      if (!pieces.get(i).equals("**")) {
        regex.append(Glob.regex(pieces.get(i), "[^/]")).append(i == pieces.size() - 1 ? "" : "/");
        continue;
      }
      regex.append(isBehindAny ? ")" : "");
      isBehindAny = i < last;
      if (i == pieces.size() - 1) {
        regex.append(".+");
      } else {
        regex.append(isBehindAny ? "(?>(?:.+?/)??" : "(?:.+/)?");
      }
    }
    return regex.toString();
  }

  private static void requirePiece(String glob, String piece) {
    if (piece.isEmpty()) {
      throw wrong(glob, "has an empty piece");
    }
    if (!piece.equals("**") && piece.contains("**")) {
      throw wrong(glob, "has ** beside something else in a piece");
    }
  }

  /** The pieces before the first sign are asked for, which saves pages where the registry can tell. */
  private static ListImagesOptions listing(String glob) {
    String literal = glob.replaceFirst("[*?].*", "");
    String prefix = literal.substring(0, literal.lastIndexOf('/') + 1);
    return prefix.isEmpty()
        ? ListImagesOptions.defaults()
        : ListImagesOptions.defaults().withPathPrefix(prefix);
  }

  /** What to ask the registry for; others than those that match may come, too. */
  ListImagesOptions listing() {
    return listing;
  }

  /** Returns whether an image of this path is one of them; its host, tag and digest are not looked at. */
  public boolean matches(ImageRef image) {
    return paths.matcher(image.path()).matches();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageMatcher that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns it in words, such as {@code images like "shop/*"}. */
  @Override
  public String toString() {
    return text;
  }
}
