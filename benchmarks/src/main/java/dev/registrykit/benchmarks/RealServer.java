package dev.registrykit.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docker-registry or distribution as a process, on a free port of this machine, which deletes. */
final class RealServer implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening on.*?(127\\.0\\.0\\.1:\\d+)");

  private final Path folder;
  private final Path log;
  private final Process process;
  private final String address;

  RealServer(Path binary) throws IOException, InterruptedException {
    this.folder = Files.createTempDirectory("benchmarks-");
    this.log = folder.resolve("log");
    Path configuration =
        Files.writeString(folder.resolve("config"), """
        version: 0.1
        log: {level: info, accesslog: {disabled: true}}
        storage:
          filesystem: {rootdirectory: "%s"}
          delete: {enabled: true}
          maintenance: {uploadpurging: {enabled: false}}
        http: {addr: "127.0.0.1:0", secret: not-a-secret}
        """.formatted(folder.resolve("storage")));
    ProcessBuilder command = new ProcessBuilder(
            binary.toString(), "serve", configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile()); // into a pipe that nobody drained it would block
    command.environment().put("OTEL_TRACES_EXPORTER", "none"); // or it looks for a collector
    this.process = command.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    this.address = awaitAddress();
  }

  private String awaitAddress() throws IOException, InterruptedException {
    for (int tries = 0; tries < 1_500; tries++) {
      boolean isDead = process.waitFor(20, TimeUnit.MILLISECONDS);
      String said = Files.readString(log, StandardCharsets.UTF_8);
      Matcher listening = LISTENING.matcher(said);
      if (listening.find()) {
        return listening.group(1);
      }
      if (isDead) {
        throw new IllegalStateException("the server ended: " + said);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("the server does not say where it listens");
  }

  String address() {
    return address;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    delete(folder);
  }

  static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
