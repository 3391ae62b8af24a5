package dev.registrykit.reliability.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for files that targets read. */
public final class Scratch {

  private static final Path FOLDER = folder();

  private Scratch() {}

  private static Path folder() {
    try {
      Path memory = Path.of("/dev/shm");
      Path folder = Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "registrykit-fuzz")
          : Files.createTempDirectory("registrykit-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // It lies in a folder for what is temporary.
    }
  }

  /** Returns a file of this content, whose name may have folders. */
  public static Path file(String name, byte[] content) throws IOException {
    Path file = FOLDER.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** Returns the folder. */
  public static Path home() {
    return FOLDER;
  }
}
