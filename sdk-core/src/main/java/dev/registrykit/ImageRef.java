package dev.registrykit;

import dev.registrykit.internal.Printable;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names an image inside its registry, by a path such as {@code my-namespace/app}.
 *
 * <p>{@link #of(String)} takes the path alone. {@link #parse(String)} also takes the references
 * people paste, {@code rg.fr-par.scw.cloud/ns/app:1.2} or {@code docker.io/library/nginx@sha256:…},
 * and keeps their host, tag and digest. A registry refuses a reference whose host is another
 * registry's, whose tag contradicts the one asked for, and the deletion of an image by a reference
 * that names a tag or a digest.
 *
 * <p>What the path means is the provider's: on Scaleway {@code namespace/image}, on Blaxel {@code
 * resourceType/name}, on an OCI registry the repository name. Immutable.
 *
 * @since 0.1.0
 */
public final class ImageRef implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Pattern HOST =
      Pattern.compile("(?:[a-zA-Z0-9.-]+|\\[[0-9a-fA-F:.]+\\])(?::[0-9]{1,5})?");

  private static final int MAX_TAG_LENGTH = 128;

  /** Longest path taken; by convention no registry takes more for host and path together. */
  private static final int MAX_PATH_LENGTH = 255;

  /** More than any registered algorithm needs, which is 135 for {@code sha512}. */
  private static final int MAX_DIGEST_LENGTH = 255;

  private static final int MAX_SHOWN_LENGTH = 80;

  private final @Nullable String host;
  private final String path;
  private final @Nullable String tag;
  private final @Nullable String digest;

  private ImageRef(
      @Nullable String host, String path, @Nullable String tag, @Nullable String digest) {
    this.host = host;
    this.path = path;
    this.tag = tag;
    this.digest = digest;
  }

  /**
   * Makes a reference from the path of an image.
   *
   * @param path pieces divided by {@code /}, in printable ASCII without blanks and without any of
   *     {@code : @ ? # % \}; at most 255 characters
   * @throws IllegalArgumentException if a piece is empty, {@code .} or {@code ..}, or has a
   *     character that is not allowed, or the path is too long
   */
  public static ImageRef of(String path) {
    return new ImageRef(null, requirePath(path), null, null);
  }

  /**
   * Makes a reference of what a registry itself calls an image, whatever its characters, for provider
   * modules. Where {@link #of(String)} would refuse it, it can be shown and compared, and every call
   * that it is given to refuses it before anything is sent.
   */
  public static ImageRef asListed(String path) {
    return new ImageRef(null, Objects.requireNonNull(path, "path"), null, null);
  }

  /**
   * Parses a reference as people paste it: {@code [host/]path[:tag][@digest]}.
   *
   * <p>The first piece is a host if more pieces follow and it has a dot or a colon or is {@code
   * localhost}, which is how the Docker tools tell a host from a path.
   *
   * @throws IllegalArgumentException if the text is not such a reference
   */
  public static ImageRef parse(String reference) {
    Objects.requireNonNull(reference, "reference");
    String rest = reference;
    String digest = null;
    int at = rest.indexOf('@');
    if (at >= 0) {
      digest = requireDigest(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    String tag = null;
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = requireTag(rest.substring(colon + 1));
      rest = rest.substring(0, colon);
    }
    String host = null;
    int slash = rest.indexOf('/');
    if (slash > 0 && isHost(rest.substring(0, slash))) {
      host = rest.substring(0, slash).toLowerCase(Locale.ROOT);
      rest = rest.substring(slash + 1);
    }
    return new ImageRef(host, requirePath(rest), tag, digest);
  }

  private static boolean isHost(String piece) {
    boolean looksLikeOne =
        piece.indexOf('.') >= 0 || piece.indexOf(':') >= 0 || piece.equals("localhost");
    return looksLikeOne && !piece.startsWith(".") && HOST.matcher(piece).matches();
  }

  /**
   * Returns {@code tag} if it is a tag by the grammar of the OCI distribution specification.
   *
   * @throws IllegalArgumentException if it is not, which a digest never is
   */
  public static String requireTag(String tag) {
    Objects.requireNonNull(tag, "tag");
    if (isTag(tag)) {
      return tag;
    }
    if (isShapedLikeADigest(tag)) {
      throw new IllegalArgumentException("a tag is needed here, not a digest: " + shown(tag));
    }
    throw new IllegalArgumentException(
        "not a tag (1 to 128 of A-Z a-z 0-9 _ . -, the first no dot or dash): " + shown(tag));
  }

  /**
   * Returns {@code digest} if it is one by the grammar of the OCI image specification, such as
   * {@code sha256:} and 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is not, which a tag never is
   */
  public static String requireDigest(String digest) {
    Objects.requireNonNull(digest, "digest");
    if (isDigest(digest)) {
      return digest;
    }
    if (isTag(digest)) {
      throw new IllegalArgumentException("a digest is needed here, not a tag: " + shown(digest));
    }
    throw new IllegalArgumentException(
        "not a digest (such as sha256: and 64 lower-case hex digits): " + shown(digest));
  }

  /** What the OCI distribution specification allows as a tag; a loop, since every listed name passes here. */
  private static boolean isTag(String text) {
    if (text.isEmpty() || text.length() > MAX_TAG_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isWord = isLetterOrDigit(c) || c == '_';
      if (!isWord && (i == 0 || (c != '.' && c != '-'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigest(String text) {
    int hexDigits = hexDigitsOfItsAlgorithm(text);
    return hexDigits < 0 ? isShapedLikeADigest(text) : hasHexDigits(text, hexDigits);
  }

  /** Returns -1 if the algorithm is not one of those that the image specification registers. */
  private static int hexDigitsOfItsAlgorithm(String digest) {
    if (digest.startsWith("sha256:")) {
      return 64;
    }
    if (digest.startsWith("sha512:")) {
      return 128;
    }
    return digest.startsWith("sha384:") ? 96 : -1;
  }

  private static boolean hasHexDigits(String digest, int count) {
    int start = digest.indexOf(':') + 1;
    return digest.length() - start == count && isLowerCaseHex(digest, start);
  }

  /**
   * The image specification's grammar: an algorithm of lower-case words joined by one of {@code + . _ -}, a
   * colon, and the encoded part. Loops, since every answer has digests.
   */
  private static boolean isShapedLikeADigest(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && colon < text.length() - 1
        && text.length() <= MAX_DIGEST_LENGTH
        && isAlgorithm(text, colon)
        && isEncoded(text, colon + 1);
  }

  private static boolean isAlgorithm(String text, int end) {
    boolean isInWord = false;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean isOfWord = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!isOfWord && (!isInWord || "+._-".indexOf(c) < 0)) {
        return false;
      }
      isInWord = isOfWord;
    }
    return isInWord;
  }

  private static boolean isEncoded(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && "=_-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isLowerCaseHex(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static String requirePath(String path) {
    Objects.requireNonNull(path, "path");
    if (path.isBlank()) {
      throw new IllegalArgumentException("an image path is not blank");
    }
    if (path.length() > MAX_PATH_LENGTH) {
      throw new IllegalArgumentException("an image path has at most "
          + MAX_PATH_LENGTH
          + " characters, this one has "
          + path.length());
    }
    for (String piece : path.split("/", -1)) {
      requirePiece(piece, path);
    }
    return path;
  }

  private static void requirePiece(String piece, String path) {
    if (piece.isEmpty()) {
      throw new IllegalArgumentException("an image path has no empty piece: " + shown(path));
    }
    if (piece.equals(".") || piece.equals("..")) {
      throw new IllegalArgumentException("an image path has no . or .. piece: " + shown(path));
    }
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c <= ' ' || c > '~' || ":@?#%\\".indexOf(c) >= 0) {
        throw new IllegalArgumentException(String.format(
            Locale.ROOT,
            "an image path has no character U+%04X: %s%s",
            (int) c,
            shown(path),
            c == ':' || c == '@' ? " (ImageRef.parse takes tags and digests)" : ""));
      }
    }
  }

  /** Quotes text of unknown origin for a message: one line, of bounded length. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder("\"");
    text.chars()
        .limit(MAX_SHOWN_LENGTH)
        .forEach(c -> shown.append(c < ' ' || c > '~' ? '?' : (char) c));
    return shown.append(text.length() > MAX_SHOWN_LENGTH ? "…\"" : "\"").toString();
  }

  /** Returns the path inside the registry, such as {@code my-namespace/app}. */
  public String path() {
    return path;
  }

  /** Returns the registry's host, with its port if any, in lower case, if the reference named it. */
  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  /** Returns the tag, if the reference named one. */
  public Optional<String> tag() {
    return Optional.ofNullable(tag);
  }

  /** Returns the digest, if the reference named one. */
  public Optional<String> digest() {
    return Optional.ofNullable(digest);
  }

  /** Returns the reference of the path alone, as {@link #of(String)} makes it. */
  public ImageRef withoutHostAndTag() {
    return host == null && tag == null && digest == null
        ? this
        : new ImageRef(null, path, null, null);
  }

  /** Returns the reference without its digest, if it names one. */
  public ImageRef withoutDigest() {
    return digest == null ? this : new ImageRef(host, path, tag, null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageRef that
        && path.equals(that.path)
        && Objects.equals(host, that.host)
        && Objects.equals(tag, that.tag)
        && Objects.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(host, path, tag, digest);
  }

  /**
   * Returns the reference as {@link #parse(String)} takes it, unless there is no host and the path
   * begins with a piece that looks like one, such as {@code my.namespace/app}, or {@link
   * #asListed(String)} made it. Control characters, which only that lets pass, are shown as {@code ?}.
   */
  @Override
  public String toString() {
    return (host == null ? "" : host + "/")
        + Printable.of(path)
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }
}
