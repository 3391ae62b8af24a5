package dev.registrykit.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The class path of this program with jars for folders, since archives of classes know jars only. */
final class Jars {

  private final List<Path> all = new ArrayList<>();

  /** Makes the missing ones in a folder. */
  Jars(Path folder) throws IOException {
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(place).toAbsolutePath();
      if (Files.isDirectory(path)) {
        all.add(jar(path, folder.resolve(all.size() + ".jar")));
      } else if (Files.exists(path)) {
        all.add(path);
      }
    }
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new ZipEntry(name));
        Files.copy(file, entries);
      }
    }
    return jar;
  }

  String all() {
    return joined(all);
  }

  /** Those alone. */
  String only(Set<String> used) {
    return joined(all.stream().filter(jar -> used.contains(jar.toString())).toList());
  }

  private static String joined(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
