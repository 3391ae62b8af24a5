package dev.registrykit.oci.internal.auth.stored;

import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.reliability.fuzz.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Docker and its helpers have stored; here for what the package alone can see. */
public final class StoredTargets {

  private static final String HOST = "registry.example:5000";

  private StoredTargets() {}

  /** A login can be sent, or the file is refused; the message repeats nothing of it. */
  public static void authFile(byte[] input) throws IOException {
    Path file = Scratch.file("config.json", input);
    for (boolean isOldFormat : new boolean[] {false, true}) {
      try {
        AuthFile read = AuthFile.read(file, isOldFormat);
        read.helpersFor(HOST)
            .forEach(helper -> Claim.that(!helper.isEmpty(), "a helper has no name"));
        for (String host : List.of(HOST, "registry.example", "docker.io")) {
          read.login(host, "shop/web").ifPresent(StoredTargets::requireSendable);
        }
      } catch (LoginUnavailableException e) {
        requireSilent(e);
      }
    }
  }

  /** A helper's answer is a login that can be sent, nothing, or refused. */
  public static void helperAnswer(byte[] input) {
    CredentialHelper helper = new CredentialHelper("test", Path.of("config.json"), Map.of());
    try {
      Optional<Login> login = helper.login(HOST, input);
      login.ifPresent(StoredTargets::requireSendable);
      String text = Claim.text(input).strip();
      Claim.that(text.startsWith("{") && text.endsWith("}"), "an answer is taken for one: " + text);
    } catch (LoginUnavailableException e) {
      requireSilent(e);
    }
  }

  private static void requireSendable(Login login) {
    login
        .authorization()
        .ifPresent(value -> Claim.that(value.matches("[ -~]+"), "no header: " + value));
    Claim.that(login.isSecret(), "a login without a secret");
    Claim.that(login.toString().matches("\\w+\\(hidden\\)"), "a secret may be shown");
  }

  private static void requireSilent(LoginUnavailableException e) {
    Claim.shown(e);
    String message = String.valueOf(e.getMessage());
    boolean isOurs = message.contains("config.json");
    Claim.that(isOurs && message.length() < 300, "a message says more than it should: " + message);
  }
}
