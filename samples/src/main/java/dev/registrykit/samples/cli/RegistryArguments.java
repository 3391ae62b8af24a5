package dev.registrykit.samples.cli;

import dev.registrykit.Registry;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which registry, and as whom. */
final class RegistryArguments {

  /** The variable that holds a provider's token, by the scheme of its URIs. */
  private static final Map<String, String> TOKEN_VARIABLES = Map.of(
      "scaleway", "SCW_SECRET_KEY",
      "blaxel", "BL_API_KEY",
      "github", "GITHUB_TOKEN",
      "oci", "OCI_TOKEN");

  @Parameters(
      index = "0",
      paramLabel = "URI",
      description = "the registry: scaleway://fr-par, blaxel://my-workspace, github://my-org or"
          + " oci://registry.example.org, maybe with parameters such as ?plain-http=true")
  private String uri = "";

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description = "who logs in, with --password-stdin (oci:// only)")
  private @Nullable String username;

  @Option(
      names = "--password-stdin",
      description = "read the password from the standard input (oci:// only)")
  private boolean passwordFromInput;

  @Option(
      names = "--token-stdin",
      description = "read the token, or the API key, from the standard input."
          + " Without a login here, variables (OCI_USERNAME and OCI_PASSWORD, OCI_TOKEN,"
          + " SCW_SECRET_KEY, BL_API_KEY, GITHUB_TOKEN) and then stored logins are used")
  private boolean tokenFromInput;

  /** Opens the registry. Sends nothing. */
  Registry open(Surroundings surroundings) {
    URI parsed = parsed();
    return surroundings.opener().open(parsed, variables(parsed, surroundings), surroundings.http());
  }

  /** The text is not repeated, for people put passwords into URIs. */
  private URI parsed() {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      throw ProgramException.usage("URI: malformed; it looks like oci://registry.example.org");
    }
  }

  private Map<String, String> variables(URI parsed, Surroundings surroundings) {
    String scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
    if (passwordFromInput && tokenFromInput) {
      throw ProgramException.usage("--password-stdin contradicts --token-stdin");
    }
    if (username != null && !passwordFromInput) {
      throw ProgramException.usage("--username: needs --password-stdin");
    }
    if (passwordFromInput && !scheme.equals("oci")) {
      throw ProgramException.usage("--password-stdin: only for oci://, others have --token-stdin");
    }
    if (!passwordFromInput && !tokenFromInput) {
      return surroundings.variables();
    }
    String tokenVariable = TOKEN_VARIABLES.get(scheme);
    if (tokenVariable == null) {
      throw ProgramException.usage("--token-stdin: only for "
          + TOKEN_VARIABLES.keySet().stream().sorted().toList());
    }
    Map<String, String> variables = new HashMap<>(surroundings.variables());
    variables.keySet().removeIf(name -> name.startsWith("OCI_"));
    String name = username;
    if (name != null) {
      variables.put("OCI_USERNAME", name);
    }
    variables.put(passwordFromInput ? "OCI_PASSWORD" : tokenVariable, secret(surroundings));
    return variables;
  }

  private String secret(Surroundings surroundings) {
    try {
      String secret =
          new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
      if (secret.isEmpty()) {
        throw ProgramException.usage("the standard input is empty, where a secret was to be read");
      }
      return secret;
    } catch (IOException e) {
      throw ProgramException.failed("the standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
