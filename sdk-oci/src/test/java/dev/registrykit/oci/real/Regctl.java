package dev.registrykit.oci.real;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The client of regclient. */
final class Regctl extends IndependentClient {

  static final String NAME = "regctl";

  private final String host;

  Regctl(RegistryServer server) {
    super(NAME, server);
    String plain = "reg=" + host() + ",tls=disabled";
    this.host = logsIn()
        ? plain + ",user=" + ServerConfiguration.USER + ",pass=" + ServerConfiguration.PASSWORD
        : plain;
  }

  @Override
  Set<String> tagNames(String repository) {
    return run("--host", host, "tag", "ls", repository(repository))
        .lines()
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  Optional<byte[]> manifest(String repository, String reference) {
    return output(
        "--host", host, "manifest", "get", "--format", "raw-body", image(repository, reference));
  }

  /** Returns the digests of what refers to a manifest. */
  Set<String> referrers(String repository, String digest) {
    String format = "{{range .Descriptors}}{{println .Digest}}{{end}}";
    return run("--host", host, "artifact", "list", "--format", format, image(repository, digest))
        .lines()
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }

  @Override
  void push(OciLayout layout, String repository, String tag) {
    String source = "ocidir://" + layout.folder() + ":" + layout.name();
    run("--host", host, "image", "copy", source, image(repository, tag));
  }
}
