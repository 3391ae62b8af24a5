package dev.registrykit.samples.pages;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The published modules, and which needs which by their poms. */
final class ModulesPicture {

  private static final Pattern DEPENDENCY = Pattern.compile(
      "(?s)<dependency>\\s*(?:<!--[^>]*-->\\s*)?<groupId>dev\\.registrykit</groupId>\\s*<artifactId>([a-z-]+)</artifactId>(.*?)</dependency>");

  private static final int WIDTH = 170;

  private static final int HEIGHT = 64;

  private record Module(String name, String what, String where, int x, int y) {

    void draw(Drawing drawing) {
      drawing
          .box(name.startsWith("your") ? "strong" : "box", x, y, WIDTH, HEIGHT)
          .centered("name", middle(), y + 21, name)
          .centered("small", middle(), y + 40, what)
          .centered("small", middle(), y + 55, where);
    }

    int middle() {
      return x + WIDTH / 2;
    }
  }

  private static final Module PROGRAM = new Module("your program", "knows Registry", "", 491, 20);

  private static final List<Module> MODULES = List.of(
      new Module("sdk-scaleway", "provider", "scaleway://fr-par", 16, 150),
      new Module("sdk-blaxel", "provider", "blaxel://my-workspace", 206, 150),
      new Module("sdk-github", "provider", "github://my-org", 396, 150),
      new Module("sdk-oci", "provider", "oci://registry.example", 586, 150),
      new Module("sdk-retention", "policies, plans, runs", "on every provider", 776, 150),
      new Module("sdk-testkit", "emulators, in-memory", "registry, contract suite", 966, 150),
      new Module("sdk-core", "Registry, exceptions", "what providers build on", 491, 280));

  private ModulesPicture() {}

  static String drawn() {
    Drawing drawing = new Drawing("The modules and what they stand on", 1152, 364);
    Map<String, Module> byName =
        MODULES.stream().collect(Collectors.toMap(Module::name, module -> module));
    for (Module module : MODULES) {
      for (String needed : needed(module.name())) {
        Module other = byName.get(needed);
        if (other == null) {
          throw new IllegalStateException(needed + " is not in the picture");
        }
        if (other.y() == module.y()) {
          int height = module.y() + HEIGHT / 2;
          drawing.arrow("line", module.x() + WIDTH, height, other.x(), height);
        } else {
          drawing.arrow("line", module.middle(), module.y() + HEIGHT, other.middle(), other.y());
        }
      }
      if (module.y() == 150) {
        String use = module.name().equals("sdk-testkit") ? "line dashed" : "line";
        drawing.arrow(use, PROGRAM.middle(), PROGRAM.y() + HEIGHT, module.middle(), module.y());
      }
    }
    drawing.text("small", 870, 110, "in tests");
    PROGRAM.draw(drawing);
    MODULES.forEach(module -> module.draw(drawing));
    return drawing.toString();
  }

  /** What a module's pom needs of the other modules, but for its tests. */
  private static Set<String> needed(String module) {
    String pom = Pages.text(Pages.ROOT.resolve(Path.of(module, "pom.xml")));
    return DEPENDENCY
        .matcher(pom)
        .results()
        .filter(dependency -> !dependency.group(2).contains("<scope>test"))
        .map((MatchResult dependency) -> dependency.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
