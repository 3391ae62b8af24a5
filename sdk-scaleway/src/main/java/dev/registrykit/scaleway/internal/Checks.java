package dev.registrykit.scaleway.internal;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.scaleway.Visibility;
import java.util.Objects;
import java.util.regex.Pattern;

/** The shapes of Scaleway's names and identifiers. */
public final class Checks {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** The service answers other characters with a misleading "already exist". */
  private static final Pattern NAMESPACE = Pattern.compile("[a-zA-Z0-9-]{1,255}");

  private Checks() {}

  /** Refuses what no page can hold. */
  public static void pageSize(int pageSize) {
    if (pageSize < 1 || pageSize > 100) {
      throw new IllegalArgumentException("a page holds 1 to 100 items, not " + pageSize);
    }
  }

  /** Refuses to read more pages ahead than the facade does. */
  public static void pagesAhead(int pages) {
    ListTagsOptions unused = ListTagsOptions.defaults().withPagesAhead(pages);
  }

  /** Refuses what no namespace can be called. */
  public static void namespaceName(String namespace) {
    Objects.requireNonNull(namespace, "name");
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "a namespace's name is 1 to 255 letters, digits and dashes");
    }
  }

  /** Refuses anything but public and private: only images can inherit. */
  public static void namespaceVisibility(Visibility visibility) {
    Objects.requireNonNull(visibility, "visibility");
    if (!visibility.equals(Visibility.PUBLIC) && !visibility.equals(Visibility.PRIVATE)) {
      throw new IllegalArgumentException("a namespace is public or private");
    }
  }

  /** Refuses what no image can be called. */
  public static void imageName(String name) {
    ImageRef.of(name);
  }

  /** Refuses what is no identifier, so that nothing else can get into a path. */
  public static void id(String id, String ofWhat) {
    Objects.requireNonNull(id, ofWhat);
    if (!UUID.matcher(id).matches()) {
      throw new IllegalArgumentException("the identifier of a " + ofWhat + " is a UUID");
    }
  }
}
