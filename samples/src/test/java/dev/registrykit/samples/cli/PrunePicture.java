package dev.registrykit.samples.cli;

import dev.registrykit.testkit.OciEmulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;

/** The picture of {@code registrykit prune}: what it prints on an embedded registry. */
final class PrunePicture {

  static final Path FILE = Path.of("../docs/prune.svg");

  private PrunePicture() {}

  /** Draws it anew. */
  public static void main(String[] args) throws IOException {
    Path file = args.length == 0 ? FILE : Path.of(args[0]);
    Files.writeString(file, drawn());
  }

  static String drawn() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
    try (OciEmulator emulator = OciEmulator.start()) {
      PruneDemo.fill(emulator, 11);
      PruneDemo.prune(
          emulator,
          new Screen(stream, stream, true, true),
          Clock.fixed(PruneDemo.TODAY, ZoneOffset.UTC),
          "--yes");
    }
    return TerminalPicture.of(
        "registrykit prune",
        written
            .toString(StandardCharsets.UTF_8)
            .replaceAll("127\\.0\\.0\\.1:[0-9]+/?(\\?plain-http=true)?", "registry.example.org"));
  }
}
