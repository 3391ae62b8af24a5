package dev.registrykit.testkit.internal.oci.kind;

/**
 * How a list is cut into pages.
 *
 * @param ignored whether the whole list is sent whatever is asked for
 * @param defaultSize the size of a page when none is asked for; 0 for the whole list
 * @param maxSize the largest page; a larger one is refused where the registry has a text for that,
 *     and made smaller otherwise
 * @param unknownLast where it goes on after a name that is not there
 * @param linkOnFullPage whether a page that is full has a link although nothing follows
 * @param sizeFirst whether the link names the size before the last name
 * @param wholeForZero whether a size of 0 or less asks for the whole list
 */
public record Paging(
    boolean ignored,
    int defaultSize,
    int maxSize,
    UnknownLast unknownLast,
    boolean linkOnFullPage,
    boolean sizeFirst,
    boolean wholeForZero) {
  public static final int NO_MAXIMUM = Integer.MAX_VALUE;
  static final Paging WHOLE =
      new Paging(true, 0, NO_MAXIMUM, UnknownLast.NEXT, false, false, false);

  public static Paging of(int defaultSize, int maxSize, UnknownLast unknownLast) {
    return new Paging(false, defaultSize, maxSize, unknownLast, false, false, false);
  }

  Paging withLinkOnFullPage() {
    return new Paging(ignored, defaultSize, maxSize, unknownLast, true, sizeFirst, wholeForZero);
  }

  Paging withSizeFirst() {
    return new Paging(
        ignored, defaultSize, maxSize, unknownLast, linkOnFullPage, true, wholeForZero);
  }

  Paging withWholeForZero() {
    return new Paging(ignored, defaultSize, maxSize, unknownLast, linkOnFullPage, sizeFirst, true);
  }

  /** The same paging, obeyed by a registry that otherwise ignores it. */
  public Paging obeyed() {
    return new Paging(
        false, defaultSize, maxSize, unknownLast, linkOnFullPage, sizeFirst, wholeForZero);
  }
}
