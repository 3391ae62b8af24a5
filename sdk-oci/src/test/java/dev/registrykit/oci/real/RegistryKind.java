package dev.registrykit.oci.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The servers that are known here: how each is started and where its log says on which port. */
enum RegistryKind {
  /** Debian's distribution 2.8. */
  DOCKER_REGISTRY("docker-registry", "listening on", "127\\.0\\.0\\.1:(\\d+)"),
  /** Distribution 3. */
  DISTRIBUTION("distribution", "listening on", "127\\.0\\.0\\.1:(\\d+)"),
  /** By its sources only: it was not to be had where this was written. */
  ZOT("zot", "kernel chosen port", "\"port\":\"?(\\d+)"),
  /** In memory; it takes a port, but does not say which one it was given for none. */
  OLAREG("olareg", "launching server", "addr=127\\.0\\.0\\.1:(\\d+)"),
  /** What {@code .ci/registries} makes of a library, in memory and without settings. */
  OCIMEM("ocimem", "listening on", "127\\.0\\.0\\.1:(\\d+)"),
  /** What {@code crane registry serve} serves, which keeps all but blobs in memory and has no settings. */
  CRANE("crane", "serving on", "port (\\d+)");

  private final String binary;
  private final String announcement;
  private final Pattern port;

  RegistryKind(String binary, String announcement, String port) {
    this.binary = binary;
    this.announcement = announcement;
    this.port = Pattern.compile(port);
  }

  /** Returns its name in the list of what is installed. */
  String binary() {
    return binary;
  }

  /** Returns what the line of the log holds that names the port. */
  String announcement() {
    return announcement;
  }

  Pattern port() {
    return port;
  }

  List<String> command(Path binary, Path configuration, ServerMode mode) throws IOException {
    return switch (this) {
      case CRANE -> List.of(binary.toString(), "registry", "serve", "--address", "127.0.0.1:0");
      case OCIMEM -> List.of(binary.toString(), "127.0.0.1:0");
      case OLAREG -> olareg(binary, mode);
      default -> List.of(binary.toString(), "serve", configuration.toString());
    };
  }

  private static List<String> olareg(Path binary, ServerMode mode) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        binary.toString(), "serve", "--addr", "127.0.0.1", "--port", freePort(), "--verbosity"));
    command.addAll(List.of("info", "--store-type", "mem", "--gc-frequency", "-1s"));
    if (mode.deletes()) {
      command.add("--api-delete");
    }
    return command;
  }

  /** Returns a port that was free just now; what takes it in between ends the server at once. */
  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  /** Returns whether all it knows is in its folder, which may be emptied while it runs. */
  boolean isEmptiedByFolder() {
    return this == DOCKER_REGISTRY || this == DISTRIBUTION;
  }
}
