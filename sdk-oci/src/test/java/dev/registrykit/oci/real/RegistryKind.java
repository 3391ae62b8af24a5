package dev.registrykit.oci.real;

import java.nio.file.Path;
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

  List<String> command(Path binary, Path configuration) {
    return this == CRANE
        ? List.of(binary.toString(), "registry", "serve", "--address", "127.0.0.1:0")
        : List.of(binary.toString(), "serve", configuration.toString());
  }

  /** Returns whether all it knows is in its folder, which may be emptied while it runs. */
  boolean isEmptiedByFolder() {
    return this == DOCKER_REGISTRY || this == DISTRIBUTION;
  }
}
