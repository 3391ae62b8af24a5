package dev.registrykit.samples.pages;

import java.util.Locale;

/** An SVG on a ground of its own, so that light and dark pages may show it. */
final class Drawing {

  private static final String HEAD = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
      <style>
      text { font: 14px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
      .name { font-weight: bold; }
      .small { font-size: 12px; fill: #59636e; }
      .box { fill: #ffffff; stroke: #59636e; }
      .strong { fill: #ddf4ff; stroke: #0969da; }
      .line { stroke: #59636e; stroke-width: 1.5; fill: none; }
      .dashed { stroke-dasharray: 4 4; }
      .danger { fill: #fff1e5; stroke: #bc4c00; }
      </style>
      <defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L10 5L0 10z" fill="#59636e"/></marker></defs>
      <rect width="100%%" height="100%%" rx="8" fill="#f6f8fa" stroke="#8b949e"/>
      """;

  private final StringBuilder svg;

  Drawing(String title, int width, int height) {
    this.svg = new StringBuilder(HEAD.formatted(width, height, escaped(title)));
  }

  Drawing box(String style, int x, int y, int width, int height) {
    return add(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
        style, x, y, width, height);
  }

  Drawing text(String style, int x, int y, String text) {
    return add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", style, x, y, escaped(text));
  }

  Drawing centered(String style, int x, int y, String text) {
    return add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        style, x, y, escaped(text));
  }

  Drawing arrow(String style, int fromX, int fromY, int toX, int toY) {
    return add(
        "<path class=\"%s\" d=\"M%d %dL%d %d\" marker-end=\"url(#head)\"/>",
        style, fromX, fromY, toX, toY);
  }

  Drawing line(String style, int fromX, int fromY, int toX, int toY) {
    return add("<path class=\"%s\" d=\"M%d %dL%d %d\"/>", style, fromX, fromY, toX, toY);
  }

  private Drawing add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return svg + "</svg>\n";
  }
}
