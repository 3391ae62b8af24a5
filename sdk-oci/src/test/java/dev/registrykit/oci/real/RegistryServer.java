package dev.registrykit.oci.real;

import dev.registrykit.oci.real.ServerMode.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registry server as a process of its own, on a free port of this machine, with a folder of its own. */
final class RegistryServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Kept after the test, unlike the storage. */
  private static final Path LOGS = Path.of("target", "registry-logs");

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private static final int MAX_TRIES = 3;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final RegistryKind kind;
  private final ServerMode mode;
  private final Path folder;
  private final Path storage;
  private final Path log;
  private final @Nullable TokenServer tokens;
  private final Process process;
  private String host = "";

  private RegistryServer(RegistryKind kind, ServerMode mode, @Nullable Path sharedStorage)
      throws IOException {
    this.kind = kind;
    this.mode = mode;
    this.folder = Files.createTempDirectory("registrykit-" + kind.binary() + "-");
    this.storage = sharedStorage != null ? sharedStorage : folder.resolve("storage");
    this.log = Files.createTempFile(Files.createDirectories(LOGS), kind.binary() + "-", ".log");
    this.tokens = mode.login() == Login.TOKEN ? TokenServer.start() : null;
    this.process = launch();
    RUNNING.add(process);
  }

  static RegistryServer start(RegistryKind kind, ServerMode mode) {
    return start(kind, mode, null);
  }

  private static RegistryServer start(
      RegistryKind kind, ServerMode mode, @Nullable Path sharedStorage) {
    try {
      for (int tries = 1; ; tries++) {
        RegistryServer server = new RegistryServer(kind, mode, sharedStorage);
        try {
          server.awaitReady();
          return server;
        } catch (PortTakenException e) {
          if (tries == MAX_TRIES) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts another server on the storage of this one, which keeps the storage. */
  RegistryServer beside(ServerMode otherMode) {
    return start(kind, otherMode, storage);
  }

  private Process launch() throws IOException {
    Files.createDirectories(storage);
    Path binary = InstalledBinaries.find(kind.binary());
    Path configuration = new ServerConfiguration(mode, folder, storage, tokens).write(kind);
    ProcessBuilder command = new ProcessBuilder(kind.command(binary, configuration, mode))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile()); // into a pipe that nobody drained it would block
    command.environment().put("OTEL_TRACES_EXPORTER", "none"); // or it looks for a collector
    return command.start();
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isReady()) {
        boolean isDead = process.waitFor(2, TimeUnit.MILLISECONDS);
        if (isDead || System.nanoTime() > deadline) {
          String said = Files.readString(log, StandardCharsets.UTF_8);
          String why = kind.binary() + " does not serve: " + said;
          if (said.contains("address already in use")) {
            throw new PortTakenException(why);
          }
          throw new AssertionError(why);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      if (host.isEmpty()) {
        close();
      }
    }
  }

  /** Another process took the port between its choice and the start of the server. */
  private static final class PortTakenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
      super(message);
    }
  }

  private boolean isReady() throws IOException, InterruptedException {
    String port = announcedPort();
    if (port == null) {
      return false;
    }
    URI base = URI.create("http://127.0.0.1:" + port + "/v2/");
    try {
      CLIENT.send(HttpRequest.newBuilder(base).build(), BodyHandlers.discarding()); // 401 will do
    } catch (ConnectException e) {
      return false; // announced, and not there yet
    }
    host = base.getAuthority();
    return true;
  }

  private @Nullable String announcedPort() throws IOException {
    for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
      Matcher port = kind.port().matcher(line);
      if (line.contains(kind.announcement()) && port.find()) {
        return port.group(1);
      }
    }
    return null;
  }

  RegistryKind kind() {
    return kind;
  }

  ServerMode mode() {
    return mode;
  }

  /** Returns address and port. */
  String host() {
    return host;
  }

  /** Makes a folder that goes when the server goes. */
  Path newFolder(String name) {
    try {
      return Files.createTempDirectory(folder, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns who hands out its tokens, if it wants any. */
  TokenServer tokens() {
    if (tokens == null) {
      throw new IllegalStateException("this server wants no tokens");
    }
    return tokens;
  }

  /** Returns the digests of the manifests of a repository, tagged or not, from the storage itself. */
  Set<String> manifestDigests(String repository) throws IOException {
    Path revisions = storage
        .resolve("docker/registry/v2/repositories")
        .resolve(repository)
        .resolve("_manifests/revisions/sha256");
    try (Stream<Path> folders = Files.list(revisions)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("link"))) // a deletion leaves the folder
          .map(folder -> "sha256:" + folder.getFileName())
          .collect(Collectors.toSet());
    }
  }

  /** Forgets everything that was pushed, while no request is under way. */
  void empty() throws IOException {
    if (!kind.isEmptiedByFolder()) {
      throw new IllegalStateException(kind.binary() + " knows more than its folder holds");
    }
    delete(storage);
    Files.createDirectories(storage);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    RUNNING.remove(process);
    if (tokens != null) {
      tokens.close();
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
