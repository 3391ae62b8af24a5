package dev.registrykit.oci.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Google's client. It asks servers of this machine without TLS by itself. */
final class Crane extends IndependentClient {

  static final String NAME = "crane";

  Crane(RegistryServer server) {
    super(NAME, server);
    if (logsIn()) {
      writeLogin();
    }
  }

  /** It takes logins from Docker's file only. */
  private void writeLogin() {
    byte[] login = (ServerConfiguration.USER + ":" + ServerConfiguration.PASSWORD)
        .getBytes(StandardCharsets.US_ASCII);
    String file = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
        .formatted(host(), Base64.getEncoder().encodeToString(login));
    try {
      Files.writeString(home().resolve("config.json"), file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Set<String> tagNames(String repository) {
    return run("ls", repository(repository))
        .lines()
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  Optional<byte[]> manifest(String repository, String reference) {
    return output("manifest", image(repository, reference));
  }

  @Override
  void push(OciLayout layout, String repository, String tag) {
    if (layout.isIndex()) {
      replaceIndex(layout);
      run("push", "--index", layout.folder().toString(), image(repository, tag));
    } else {
      run("push", layout.folder().toString(), image(repository, tag));
    }
  }

  /** It pushes the layout's own index, and not what that lists. */
  private static void replaceIndex(OciLayout layout) {
    try {
      Files.write(layout.folder().resolve("index.json"), layout.manifest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
