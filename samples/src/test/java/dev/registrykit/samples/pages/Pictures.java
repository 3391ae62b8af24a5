package dev.registrykit.samples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** The pictures of docs that are drawn, but for that of the program. */
final class Pictures {

  static final Map<String, Supplier<String>> ALL = Map.of(
      "modules.svg", ModulesPicture::drawn,
      "placeholder.svg", PlaceholderPicture::drawn);

  private Pictures() {}

  /** Draws them anew. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, Supplier<String>> picture : ALL.entrySet()) {
      Files.writeString(file(picture.getKey()), picture.getValue().get());
    }
  }

  static Path file(String name) {
    return Pages.ROOT.resolve(Path.of("docs", name));
  }
}
