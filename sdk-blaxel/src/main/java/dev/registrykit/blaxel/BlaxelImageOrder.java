package dev.registrykit.blaxel;

/** The orders in which the service lists images. With a prefix of the name, only those by name. */
public enum BlaxelImageOrder {
  /** By name. */
  NAME_ASC("name:asc"),
  /** By name, backwards. */
  NAME_DESC("name:desc"),
  /** Oldest first. */
  CREATED_ASC("createdAt:asc"),
  /** Newest first. */
  CREATED_DESC("createdAt:desc");

  private final String text;

  BlaxelImageOrder(String text) {
    this.text = text;
  }

  /** Returns the API's words. */
  public String text() {
    return text;
  }
}
