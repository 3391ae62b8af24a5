package dev.registrykit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long it takes from {@code java} to the end of a program that prints one page of names. */
final class ColdStart {

  static final String ID = "cold-start";

  private static final Pattern LOADED = Pattern.compile("\\] \\S+ source: (.*)");
  private static final Pattern JAR = Pattern.compile("\\] \\S+ source: file:(\\S+\\.jar)");

  private final Settings settings;

  ColdStart(Settings settings) {
    this.settings = settings;
  }

  /** One for this JDK and, unless it is to be short, one for the newest that is installed beside it. */
  List<Section> sections() throws Exception {
    List<Section> sections = new ArrayList<>();
    for (Map.Entry<Integer, Path> jdk : Jdks.currentAndNewest().entrySet()) {
      if (!settings.isShort() || jdk.getKey() == Runtime.version().feature()) {
        sections.add(section(jdk.getKey(), jdk.getValue()));
      }
    }
    return sections;
  }

  private Section section(int feature, Path home) throws Exception {
    Path folder = Files.createTempDirectory("benchmarks-start-");
    try (StubRegistry server = new StubRegistry(100, 10, Duration.ZERO)) {
      Jars jars = new Jars(folder);
      Recipe recipe = Recipe.of(feature);
      List<Program> programs = new ArrayList<>(List.of(
          new Program("java.net.http and a parser", Starts.Raw.class, home, folder, server),
          new Program("RegistryKit", Starts.Kit.class, home, folder, server)));
      if (!settings.isShort()) {
        programs.add(new Program("oras-java", Starts.Oras.class, home, folder, server));
      }
      List<Contender> contenders = new ArrayList<>();
      for (Program program : programs) {
        program.prepare(jars, recipe);
        contenders.add(new Contender(program.name, () -> program.start(List.of())));
      }
      for (Program program : programs) {
        contenders.add(new Contender(
            program.name + ", " + recipe.name(), () -> program.start(recipe.running())));
      }
      String title = "Cold start, one page of names printed, JDK " + feature;
      Job.Result all = new Job(title, 0, settings.rounds(9), contenders)
          .within(Duration.ofSeconds(30))
          .run(server);
      return section(title, all, programs, recipe);
    } finally {
      RealServer.delete(folder);
    }
  }

  /** The upper half is compared with its own first row, and so is the lower. */
  private static Section section(
      String title, Job.Result all, List<Program> programs, Recipe recipe) {
    int half = programs.size();
    Job.Result plain = new Job.Result(title, all.measured().subList(0, half));
    Job.Result trained =
        new Job.Result(title + ", " + recipe.name(), all.measured().subList(half, 2 * half));
    List<String> lines = new ArrayList<>(List.of(
        "| | median of " + plain.measured().get(0).times().size()
            + " | 10 % – 90 % | ratio | requests | classes |",
        "|---|---|---|---|---|---|"));
    for (int i = 0; i < half; i++) {
      lines.add(plain.measured().get(i).row(plain.measured().get(0)) + " " + programs.get(i).classes
          + " |");
    }
    for (int i = 0; i < half; i++) {
      lines.add(trained.measured().get(i).row(trained.measured().get(0)) + " "
          + programs.get(i).classesOfRecipe + " |");
    }
    lines.addAll(List.of(
        "",
        "Classes: those that did not come from an archive, the JDK's own or that of "
            + recipe.name()
            + ". Each ratio is to the row of the JDK's client with the same flags.",
        ""));
    return new Section(ID, title, lines, List.of(plain, trained));
  }

  /** One of the programs, with the jars that it needs. */
  private static final class Program {
    final String name;
    private final Class<?> main;
    private final Path java;
    private final Path folder;
    private final Server server;
    private String classPath = "";
    int classes;
    int classesOfRecipe;

    Program(String name, Class<?> main, Path home, Path parent, Server server) throws IOException {
      this.name = name;
      this.main = main;
      this.java = Jdks.java(home);
      this.folder = Files.createTempDirectory(parent, "program-");
      this.server = server;
    }

    void prepare(Jars jars, Recipe recipe) throws IOException, InterruptedException {
      classPath = jars.all();
      Set<String> used = loaded(List.of())
          .map(JAR::matcher)
          .filter(Matcher::find)
          .map(jar -> jar.group(1))
          .collect(Collectors.toSet());
      classPath = jars.only(used);
      classes = (int) countOf(loaded(List.of()));
      start(recipe.training());
      classesOfRecipe = (int) countOf(loaded(recipe.running()));
      if (classesOfRecipe > classes / 2) {
        throw new IllegalStateException(recipe + " archives too little for " + name + ": "
            + classesOfRecipe + " of " + classes + " classes are loaded without it");
      }
    }

    private static long countOf(Stream<String> loaded) {
      return loaded
          .map(LOADED::matcher)
          .filter(Matcher::find)
          .filter(source -> !source.group(1).startsWith("shared objects file"))
          .count();
    }

    private Stream<String> loaded(List<String> flags) throws IOException, InterruptedException {
      Path log = folder.resolve("loaded");
      List<String> logging = new ArrayList<>(flags);
      logging.add("-Xlog:class+load:file=" + log);
      start(logging);
      return Files.readAllLines(log).stream();
    }

    void start(List<String> flags) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(List.of(java.toString()));
      command.addAll(flags);
      command.addAll(List.of("-cp", classPath, main.getName(), server.address()));
      Process process = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("said").toFile())
          .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(folder.resolve("said")));
      }
    }
  }
}
