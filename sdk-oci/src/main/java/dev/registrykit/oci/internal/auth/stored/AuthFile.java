package dev.registrykit.oci.internal.auth.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.Login.IdentityToken;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of logins, as Docker ({@code config.json}) and podman ({@code auth.json}) write it.
 * Immutable. Whatever is wrong with it, the message names the file and repeats nothing of it.
 */
final class AuthFile {

  /** More is no file of logins. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path path;
  private final Map<String, JsonNode> logins;
  private final Map<String, String> helpers;
  private final String store;

  private AuthFile(Path path, JsonNode root, boolean isOldFormat) {
    this.path = path;
    this.logins = byName(isOldFormat ? root : object(root, "auths"), isOldFormat);
    this.helpers = isOldFormat ? Map.of() : helpers(object(root, "credHelpers"));
    this.store = isOldFormat ? "" : text(root.path("credsStore"));
  }

  /**
   * Reads a file.
   *
   * @param isOldFormat whether it is of the form of {@code .dockercfg}, which is a mapping of logins
   */
  static AuthFile read(Path path, boolean isOldFormat) {
    JsonNode root;
    try {
      root = JSON.readTree(text(path));
    } catch (JsonProcessingException e) {
      throw problem(path, "is not JSON"); // the cause would quote it
    }
    if (!root.isObject()) {
      throw problem(path, "is not a JSON object");
    }
    return new AuthFile(path, root, isOldFormat);
  }

  private static String text(Path path) {
    if (!Files.isRegularFile(path)) {
      throw problem(path, "is missing or not a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem(path, "is larger than 1 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw problem(path, "is not UTF-8");
    } catch (IOException e) {
      throw new LoginUnavailableException("the file of logins " + path + " cannot be read", e);
    }
  }

  private JsonNode object(JsonNode root, String name) {
    JsonNode node = root.path(name);
    if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
      throw problem(path, "has no JSON object as " + name);
    }
    return node;
  }

  /** Of keys that mean the same, such as a host and its URL, the plainest counts. */
  private static Map<String, JsonNode> byName(JsonNode auths, boolean isOldFormat) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    auths.properties().forEach(entry -> {
      String name = StoredNames.ofKey(entry.getKey(), isOldFormat);
      if (name.equals(entry.getKey())) {
        byName.put(name, entry.getValue());
      } else {
        byName.putIfAbsent(name, entry.getValue());
      }
    });
    return byName;
  }

  private static Map<String, String> helpers(JsonNode node) {
    Map<String, String> helpers = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> helpers.put(StoredNames.ofKey(entry.getKey(), false), text(entry.getValue())));
    return helpers;
  }

  Path path() {
    return path;
  }

  /** Returns the helpers to ask for a registry, in turn: its own, then the file's common one. */
  List<String> helpersFor(String host) {
    return List.of(helpers.getOrDefault(StoredNames.ofHost(host), ""), store).stream()
        .filter(helper -> !helper.isEmpty())
        .distinct()
        .toList();
  }

  /** Returns the login that the file itself holds. */
  Optional<Login> login(String host, String repository) {
    for (String key : StoredNames.keysFor(host, repository)) {
      JsonNode entry = logins.get(key);
      Optional<Login> login = entry == null ? Optional.empty() : login(host, entry);
      if (login.isPresent()) {
        return login;
      }
    }
    return Optional.empty();
  }

  /** Empty for the entries that say no more than that a helper has the login. */
  private Optional<Login> login(String host, JsonNode entry) {
    try {
      return login(entry);
    } catch (IllegalArgumentException e) {
      throw problem(path, "has a malformed login for " + host);
    }
  }

  /** The order is that of Docker's own client: what is more special comes first. */
  private static Optional<Login> login(JsonNode entry) {
    String[] pair = namePassword(entry);
    String registryToken = text(entry.path("registrytoken"));
    String identityToken = text(entry.path("identitytoken"));
    if (!registryToken.isEmpty()) {
      return Optional.of(Login.bearer(registryToken));
    }
    if (!identityToken.isEmpty()) {
      String user = pair[0].isEmpty() ? Login.TOKEN_USER : pair[0];
      return Optional.of(new IdentityToken(user, identityToken));
    }
    return pair[0].isEmpty() ? Optional.empty() : Optional.of(Login.basic(pair[0], pair[1]));
  }

  private static String[] namePassword(JsonNode entry) {
    String auth = text(entry.path("auth"));
    if (auth.isEmpty()) {
      return new String[] {text(entry.path("username")), text(entry.path("password"))};
    }
    String decoded = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    int colon = decoded.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no colon");
    }
    // Docker, too, cuts the zero bytes that some writers fill up with.
    return new String[] {
      decoded.substring(0, colon), StoredNames.without('\0', decoded.substring(colon + 1))
    };
  }

  /** Returns nothing for what is no text, such as null. */
  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }

  private static LoginUnavailableException problem(Path path, String what) {
    return new LoginUnavailableException("the file of logins " + path + " " + what, null);
  }

  @Override
  public String toString() {
    return "file of logins " + path;
  }
}
