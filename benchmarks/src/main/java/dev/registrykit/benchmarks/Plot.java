package dev.registrykit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a bar for each contender of each job, as long as its time beside the job's slowest. */
final class Plot {

  private static final int WIDTH = 900;
  private static final int NAMES = 330;
  private static final int BARS = 380;
  private static final int LINE = 18;

  private final List<String> shapes = new ArrayList<>();
  private int y = LINE;

  /** Returns the drawing as SVG. */
  static String of(List<Job.Result> results) {
    Plot plot = new Plot();
    results.forEach(plot::add);
    return plot.svg();
  }

  private void add(Job.Result result) {
    text(10, result.title(), " font-weight=\"bold\"");
    y += LINE;
    long slowest = result.measured().stream()
        .mapToLong(each -> each.median().toNanos())
        .max()
        .orElseThrow();
    Measured first = result.measured().get(0);
    for (Measured each : result.measured()) {
      text(20, each.contender(), "");
      double width = Math.max(1.0, (double) BARS * each.median().toNanos() / slowest);
      String colour = each.contender().startsWith("RegistryKit") ? "#1a6fb5" : "#a9b4bf";
      shapes.add(String.format(
          Locale.ROOT,
          "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
          NAMES,
          y - LINE + 7,
          width,
          LINE - 5,
          colour));
      text(
          NAMES + (int) width + 6,
          String.format(Locale.ROOT, "%s, %.2f", Measured.text(each.median()), each.ratioTo(first)),
          "");
      y += LINE;
    }
    y += LINE / 2;
  }

  private void text(int x, String text, String attributes) {
    shapes.add("<text x=\"" + x + "\" y=\"" + y + "\"" + attributes + ">"
        + text.replace("&", "&amp;").replace("<", "&lt;") + "</text>");
  }

  private String svg() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + y
        + "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        + String.join("\n", shapes) + "\n</svg>\n";
  }
}
