package dev.registrykit.samples.pages;

import java.util.List;

/** The requests of a deletion by placeholder, and what the tags point to after each. */
final class PlaceholderPicture {

  /** One request, with what it is for and where the tag leads afterwards. */
  record Step(String method, String target, String purpose, String tag) {}

  static final List<Step> STEPS = List.of(
      new Step("GET", "tag 1.2", "its bytes are kept", "image"),
      new Step("DELETE", "sha256:000…", "is deletion enabled? nothing can go", "image"),
      new Step("HEAD", "tag 1.2", "was it pushed meanwhile?", "image"),
      new Step("PUT", "tag 1.2", "a manifest of nothing", "placeholder"),
      new Step("DELETE", "the placeholder", "by its digest", "–"),
      new Step("GET", "tag 1.2", "is it gone?", "–"));

  private static final int FIRST = 92;

  private static final int ROW = 40;

  private PlaceholderPicture() {}

  static String drawn() {
    Drawing drawing = new Drawing("The way of a deletion by placeholder", 860, 424);
    drawing
        .text("name", 24, 36, "deleteTag(image, \"1.2\")")
        .centered("name", 560, 36, "1.2 points to")
        .centered("name", 740, 36, "its sibling latest")
        .text("small", 24, 58, "on a registry that deletes manifests only")
        .line("line", 24, 70, 836, 70);
    for (int i = 0; i < STEPS.size(); i++) {
      draw(drawing, STEPS.get(i), i);
    }
    int bottom = FIRST + STEPS.size() * ROW;
    drawing
        .box("danger", 24, bottom + 12, 812, 62)
        .text("name", 40, bottom + 38, "Whatever goes wrong after the PUT, an interrupt too:")
        .text(
            "",
            40,
            bottom + 60,
            "PUT the image's own bytes on 1.2 again, until a look confirms it, for 30 seconds at most.");
    return drawing.toString();
  }

  private static void draw(Drawing drawing, Step step, int number) {
    int y = FIRST + number * ROW;
    drawing
        .text("small", 24, y + 18, number + 1 + ".")
        .text("name", 48, y + 18, step.method())
        .text("", 118, y + 18, step.target())
        .text("small", 246, y + 18, step.purpose());
    switch (step.tag()) {
      case "–" -> drawing.centered("small", 560, y + 18, "gone");
      case "image" -> cell(drawing, "strong", 560, y, "the image");
      default -> cell(drawing, "danger", 560, y, step.tag());
    }
    cell(drawing, "strong", 740, y, "the image");
  }

  private static void cell(Drawing drawing, String style, int middle, int y, String text) {
    drawing.box(style, middle - 62, y, 124, 28).centered("", middle, y + 19, text);
  }
}
