package dev.registrykit.oci.internal.auth;

import dev.registrykit.spi.config.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a caller knows of itself at one registry. Immutable; never shown by {@code toString}. */
public sealed interface Login {

  /** How helpers and configuration files name the user of an identity token. */
  String TOKEN_USER = "<token>";

  /** Returns the login of somebody who has none. */
  static Login anonymous() {
    return new Anonymous();
  }

  /**
   * Returns a user's name and password, or a token in place of the password.
   *
   * @param password of whatever characters: that of Google's user {@code _json_key} is a whole file
   * @throws IllegalArgumentException if the name is empty or has a colon or a control character
   */
  static Login basic(String user, String password) {
    return new Basic(user, password);
  }

  /**
   * Returns a token that the registry itself takes, sent with every request.
   *
   * @throws IllegalArgumentException if it cannot stand in a header
   */
  static Login bearer(String token) {
    return new Bearer(token);
  }

  /**
   * Returns a token that is exchanged for others, such as {@code identitytoken} of a configuration
   * file.
   *
   * @throws IllegalArgumentException if it is empty or has a control character
   */
  static Login identityToken(String token) {
    return new IdentityToken(TOKEN_USER, token);
  }

  /** Returns what stands in {@code Authorization} where the login itself is sent. */
  Optional<String> authorization();

  /** Returns what may not get into wrong hands, in the form in which it is put into requests. */
  List<String> secrets();

  /** Returns whether there is something that may not get into wrong hands. */
  default boolean isSecret() {
    return !secrets().isEmpty();
  }

  /** No login. */
  record Anonymous() implements Login {
    @Override
    public Optional<String> authorization() {
      return Optional.empty();
    }

    @Override
    public List<String> secrets() {
      return List.of();
    }

    @Override
    public String toString() {
      return "anonymous";
    }
  }

  /** A name and a password. */
  record Basic(String user, String password) implements Login {
    /** Refuses what RFC 7617 §2 forbids, but for lines in a password, which base64 makes harmless. */
    public Basic {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
      requireUser(user);
    }

    @Override
    public Optional<String> authorization() {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
    }

    @Override
    public List<String> secrets() {
      return List.of(password, user + ":" + password);
    }

    @Override
    public String toString() {
      return "basic(hidden)";
    }
  }

  /** A token for the registry. */
  record Bearer(String token) implements Login {
    /** Refuses what cannot stand in a header. */
    public Bearer {
      Secrets.requireHeaderValue(token, "a bearer token");
    }

    @Override
    public Optional<String> authorization() {
      return Optional.of("Bearer " + token);
    }

    @Override
    public List<String> secrets() {
      return List.of(token);
    }

    @Override
    public String toString() {
      return "bearer(hidden)";
    }
  }

  /** A token for the registry's token endpoint, by OAuth 2 a refresh token. */
  record IdentityToken(String user, String token) implements Login {
    /** Refuses what cannot stand in a form or a header. */
    public IdentityToken {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(token, "token");
      if (token.isEmpty()) {
        throw new IllegalArgumentException("an identity token is empty");
      }
      requireNoControls(token, "an identity token");
      requireUser(user); // some endpoints take both for a name and a password
    }

    @Override
    public Optional<String> authorization() {
      return Optional.empty();
    }

    @Override
    public List<String> secrets() {
      return asBasic().secrets();
    }

    /** Returns the same as name and password, for endpoints that know no OAuth 2. */
    Basic asBasic() {
      return new Basic(user, token);
    }

    @Override
    public String toString() {
      return "identityToken(hidden)";
    }
  }

  private static void requireUser(String user) {
    if (user.isEmpty() || user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user's name is empty or has a colon");
    }
    requireNoControls(user, "a user's name");
  }

  private static void requireNoControls(String text, String name) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(name + " has a control character, such as a line break");
    }
  }
}
