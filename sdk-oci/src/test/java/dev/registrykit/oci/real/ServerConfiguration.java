package dev.registrykit.oci.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes the configuration of a server, and the files it points to, into a folder. */
final class ServerConfiguration {

  static final String USER = "user";
  static final String PASSWORD = "secret";

  /** For {@link #USER} and {@link #PASSWORD}: servers take bcrypt only, which the JDK does not have. */
  private static final String PASSWORD_LINE =
      "user:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

  private final ServerMode mode;
  private final Path folder;
  private final Path storage;
  private final @Nullable TokenServer tokens;

  ServerConfiguration(ServerMode mode, Path folder, Path storage, @Nullable TokenServer tokens) {
    this.mode = mode;
    this.folder = folder;
    this.storage = storage;
    this.tokens = tokens;
  }

  Path write(RegistryKind kind) throws IOException {
    return file("config", kind == RegistryKind.ZOT ? zot() : distribution());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  /** The same for 2.8 and 3. */
  private String distribution() throws IOException {
    return """
        version: 0.1
        log: {level: info, accesslog: {disabled: true}}
        storage:
          filesystem: {rootdirectory: "%s"}
          delete: {enabled: %s}
          maintenance:
            uploadpurging: {enabled: false}
            readonly: {enabled: %s}
        http: {addr: "127.0.0.1:0", secret: not-a-secret}
        %s
        """.formatted(storage, mode.deletes(), mode.isReadOnly(), distributionLogin());
  }

  private String distributionLogin() throws IOException {
    return switch (mode.login()) {
      case ANYBODY -> "";
      case HTPASSWD -> "auth: {htpasswd: {realm: lab, path: \"%s\"}}".formatted(passwords());
      case TOKEN ->
        "auth: {token: {realm: \"%s\", service: %s, issuer: %s, rootcertbundle: \"%s\"}}"
            .formatted(
                tokens.realm(),
                SignedTokens.SERVICE,
                SignedTokens.ISSUER,
                file("certificate.pem", tokens.certificate()));
    };
  }

  private Path passwords() throws IOException {
    return file("htpasswd", PASSWORD_LINE);
  }

  /** It has no setting that disables deletion, and none for maintenance. */
  private String zot() throws IOException {
    return """
        {"distSpecVersion":"1.1.1",
         "storage":{"rootDirectory":"%s","gc":false},
         "http":{"address":"127.0.0.1","port":"0"%s},
         "log":{"level":"info"}}
        """.formatted(storage, zotLogin());
  }

  private String zotLogin() throws IOException {
    return switch (mode.login()) {
      case ANYBODY -> "";
      case HTPASSWD -> ",\"auth\":{\"htpasswd\":{\"path\":\"%s\"}}".formatted(passwords());
      case TOKEN ->
        ",\"auth\":{\"bearer\":{\"realm\":\"%s\",\"service\":\"%s\",\"cert\":\"%s\"}}"
            .formatted(
                tokens.realm(),
                SignedTokens.SERVICE,
                file("certificate.pem", tokens.certificate()));
    };
  }
}
