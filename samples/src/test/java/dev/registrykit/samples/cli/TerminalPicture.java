package dev.registrykit.samples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws what a program wrote on a terminal as SVG, on a ground of its own, so that any page may show it. */
final class TerminalPicture {

  private static final double CHARACTER = 7.8;
  private static final int LINE = 18;
  private static final int MARGIN = 16;

  private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9]*)m");

  private static final Map<String, String> CLASSES =
      Map.of("1", "strong", "2", "faint", "31", "red", "32", "green", "33", "yellow");

  private static final String HEAD = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
      <style>
      text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d0d7de; white-space: pre; }
      .strong { font-weight: bold; fill: #ffffff; }
      .faint { fill: #8b949e; }
      .red { fill: #ff7b72; }
      .green { fill: #56d364; }
      .yellow { fill: #e3b341; }
      </style>
      <rect width="100%%" height="100%%" rx="8" fill="#161b22" stroke="#8b949e"/>
      """;

  private TerminalPicture() {}

  static String of(String title, String written) {
    List<String> lines = new ArrayList<>();
    for (String line : written.stripTrailing().split("\r?\n", -1)) {
      lines.add(line.stripTrailing().replaceFirst("(?s).*\r", "")); // what was drawn over
    }
    int columns = lines.stream().mapToInt(line -> plain(line).length()).max().orElse(0);
    StringBuilder svg = new StringBuilder(String.format(
        Locale.ROOT,
        HEAD,
        (int) Math.ceil(columns * CHARACTER) + 2 * MARGIN,
        lines.size() * LINE + 2 * MARGIN,
        escaped(title)));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!plain(line).isBlank()) {
        svg.append(String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" textLength=\"%.1f\" xml:space=\"preserve\">%s</text>%n",
            MARGIN,
            MARGIN + (i + 1) * LINE - 5,
            plain(line).length() * CHARACTER,
            pieces(line)));
      }
    }
    return svg.append("</svg>\n").toString().replace("\r\n", "\n");
  }

  private static String plain(String line) {
    return STYLE.matcher(line).replaceAll("");
  }

  private static String pieces(String line) {
    StringBuilder pieces = new StringBuilder();
    Matcher styles = STYLE.matcher(line);
    String style = "";
    int from = 0;
    while (styles.find()) {
      pieces.append(piece(line.substring(from, styles.start()), style));
      style = styles.group(1);
      from = styles.end();
    }
    return pieces.append(piece(line.substring(from), style)).toString();
  }

  private static String piece(String text, String style) {
    String name = CLASSES.get(style);
    return text.isEmpty() || name == null
        ? escaped(text)
        : "<tspan class=\"" + name + "\">" + escaped(text) + "</tspan>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
