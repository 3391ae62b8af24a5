package dev.registrykit.oci.real;

import dev.registrykit.oci.real.ServerMode.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command-line client of another maker, which pushes to a server and sees what a test left there. */
abstract class IndependentClient {

  private static final long PATIENCE_SECONDS = 60;

  /** What all of them say in one way or another. */
  private static final Pattern MISSING =
      Pattern.compile("MANIFEST_UNKNOWN|manifest unknown|NAME_UNKNOWN|not found");

  private final String name;
  private final Path binary;
  private final RegistryServer server;
  private final Path home;

  IndependentClient(String name, RegistryServer server) {
    this.name = name;
    this.binary = InstalledBinaries.find(name);
    this.server = server;
    this.home = server.newFolder(name);
  }

  /** Returns those that are installed, ready for that server and logged in to it. */
  static List<IndependentClient> installed(RegistryServer server) {
    List<IndependentClient> clients = new ArrayList<>();
    if (InstalledBinaries.find(Crane.NAME) != null) {
      clients.add(new Crane(server));
    }
    if (InstalledBinaries.find(Regctl.NAME) != null) {
      clients.add(new Regctl(server));
    }
    if (InstalledBinaries.find(Skopeo.NAME) != null) {
      clients.add(new Skopeo(server));
    }
    return clients;
  }

  /** Returns the names of an image's tags. */
  abstract Set<String> tagNames(String repository);

  /** Returns the bytes of a manifest, by tag or digest; empty if there is none. */
  abstract Optional<byte[]> manifest(String repository, String reference);

  /** Pushes an image or an index with all its platforms. */
  abstract void push(OciLayout layout, String repository, String tag);

  final String image(String repository, String reference) {
    return server.host() + "/" + repository + (reference.contains(":") ? "@" : ":") + reference;
  }

  final String repository(String repository) {
    return server.host() + "/" + repository;
  }

  final String host() {
    return server.host();
  }

  final boolean logsIn() {
    return server.mode().login() != Login.ANYBODY;
  }

  /** Returns its own home, so that it finds no settings of the machine's user. */
  final Path home() {
    return home;
  }

  final String run(String... arguments) {
    return new String(
        output(arguments).orElseThrow(() -> new AssertionError(name + ": not found")),
        StandardCharsets.UTF_8);
  }

  /** Returns what it prints; empty if it says that there is no such thing. */
  final Optional<byte[]> output(String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    try {
      return output(command);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Optional<byte[]> output(List<String> command) throws IOException, InterruptedException {
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("DOCKER_CONFIG", home.toString());
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end");
    }
    if (process.exitValue() == 0) {
      return Optional.of(Files.readAllBytes(out));
    }
    String said = Files.readString(err, StandardCharsets.UTF_8);
    if (MISSING.matcher(said).find()) {
      return Optional.empty();
    }
    throw new AssertionError(command + " ended with " + process.exitValue() + ": " + said);
  }

  @Override
  public final String toString() {
    return name;
  }
}
