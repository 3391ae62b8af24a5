package dev.registrykit.blaxel.internal.wire;

import java.util.Objects;
import java.util.regex.Pattern;

/** The shapes of Blaxel's names and identifiers; nothing of another shape gets into a path. */
public final class Checks {

  private static final Pattern RESOURCE_TYPE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,62}");

  private static final Pattern WORKSPACE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}");

  /** Characters that are never escaped in a URL, and so mean the same to every server and proxy. */
  private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9._-]{1,255}");

  private static final Pattern DOTS = Pattern.compile("\\.+");

  private static final Pattern VERSION =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:\\.preview)?");

  private static final Pattern LINE = Pattern.compile("[!-~](?:[ -~]{0,510}[!-~])?");

  private Checks() {}

  /** Refuses a page size that is not from 1 to 100. */
  public static void pageSize(int pageSize) {
    if (pageSize < 1 || pageSize > CursorPages.MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("a page holds 1 to 100 items, not " + pageSize);
    }
  }

  /** Refuses what no workspace can be called. */
  public static String workspace(String workspace) {
    return matching(
        WORKSPACE, workspace, "workspace", "a workspace's name is letters, digits, - and _");
  }

  /** Refuses what cannot be sent as the name of another workspace; the service knows what it is. */
  public static void otherWorkspace(String workspace) {
    matching(workspace, "workspace", "a workspace's name is letters, digits, - . and _");
  }

  /** Refuses what cannot be sent as the identifier of a pending share. */
  public static void pendingShareId(String id) {
    matching(id, "pendingShareId", "this is no identifier of a pending share");
  }

  /** Refuses what is no version of the API. */
  public static void apiVersion(String version) {
    matching(VERSION, version, "apiVersion", "a version of the API is a date such as 2026-09-22");
  }

  /** Refuses text that is blank, or longer than a line, or not printable ASCII. */
  public static void line(String text, String name) {
    matching(LINE, text, name, name + " is not one line of printable ASCII");
  }

  /** Returns whether a resource type can be called so. */
  static boolean isResourceType(String type) {
    return RESOURCE_TYPE.matcher(type).matches();
  }

  /**
   * Returns whether this can be one piece of a path. It must not lead elsewhere: an empty piece leads
   * to the purge of the workspace, a colon to one tag, and what stands behind a {@code ;} is a
   * parameter to some servers, so that they look for a shorter name.
   */
  static boolean isSegment(String segment) {
    return SEGMENT.matcher(segment).matches() && !DOTS.matcher(segment).matches();
  }

  /** Returns {@code segment} if it can be one piece of a path. */
  static String segment(String segment) {
    return matching(segment, "segment", "this is no piece of a path");
  }

  private static String matching(String segment, String name, String otherwise) {
    Objects.requireNonNull(segment, name);
    if (!isSegment(segment)) {
      throw new IllegalArgumentException(otherwise);
    }
    return segment;
  }

  private static String matching(Pattern shape, String text, String name, String otherwise) {
    Objects.requireNonNull(text, name);
    if (!shape.matcher(text).matches()) {
      throw new IllegalArgumentException(otherwise);
    }
    return text;
  }
}
