package dev.registrykit.oci.internal.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A login that stands in environment variables. */
public final class LoginVariables {

  private static final String USERNAME = "OCI_USERNAME";
  private static final String PASSWORD = "OCI_PASSWORD";
  private static final String TOKEN = "OCI_TOKEN";
  private static final String IDENTITY_TOKEN = "OCI_IDENTITY_TOKEN";

  private LoginVariables() {}

  /**
   * Returns the login that the variables hold, if they do.
   *
   * @param knownUser who goes with a password alone; null if that is not known
   * @throws IllegalArgumentException if they hold half a login or more than one, which is not repeated
   */
  public static Optional<Login> of(Map<String, String> variables, @Nullable String knownUser) {
    String user = variables.getOrDefault(USERNAME, "");
    String password = variables.getOrDefault(PASSWORD, "");
    String token = variables.getOrDefault(TOKEN, "");
    String identityToken = variables.getOrDefault(IDENTITY_TOKEN, "");
    List<Login> logins = new ArrayList<>();
    if (!user.isEmpty() || !password.isEmpty()) {
      logins.add(basic(user, password, knownUser));
    }
    if (!token.isEmpty()) {
      logins.add(Login.bearer(token));
    }
    if (!identityToken.isEmpty()) {
      logins.add(Login.identityToken(identityToken));
    }
    if (logins.size() > 1) {
      throw new IllegalArgumentException("the variables hold more than one login: either "
          + USERNAME + " and " + PASSWORD + ", or " + TOKEN + ", or " + IDENTITY_TOKEN);
    }
    return logins.stream().findFirst();
  }

  private static Login basic(String user, String password, @Nullable String knownUser) {
    if (password.isEmpty()) {
      throw new IllegalArgumentException(USERNAME + " is set without " + PASSWORD);
    }
    if (!user.isEmpty()) {
      return Login.basic(user, password);
    }
    if (knownUser == null) {
      throw new IllegalArgumentException(PASSWORD + " is set without " + USERNAME);
    }
    return Login.basic(knownUser, password);
  }
}
