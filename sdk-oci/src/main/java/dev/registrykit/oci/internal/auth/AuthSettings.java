package dev.registrykit.oci.internal.auth;

import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What the credentials for one registry are made of. Immutable.
 *
 * @param baseUrl where the registry is; it has scheme and host
 * @param logins where the login is found
 * @param trustedRealmHosts hosts that may have the login because tokens are fetched there, each with its
 *     port if that is not the scheme's own
 * @param refreshTokens whether refresh tokens are used in the password's place
 * @param time the clock
 */
public record AuthSettings(
    URI baseUrl,
    Logins logins,
    Set<String> trustedRealmHosts,
    boolean refreshTokens,
    TimeSource time) {

  /** Copies the hosts. */
  public AuthSettings {
    trustedRealmHosts = Set.copyOf(trustedRealmHosts);
  }

  /** Starts the settings of the registry at that URL, which has scheme and host. */
  public static Builder builder(URI baseUrl) {
    return new Builder(baseUrl);
  }

  /** Names the place, never a secret. */
  @Override
  public String toString() {
    return "AuthSettings[baseUrl=" + baseUrl + "]";
  }

  /** Collects {@link AuthSettings}. Not thread-safe. */
  public static final class Builder {

    private final URI baseUrl;
    private final Set<String> trustedRealmHosts = new HashSet<>();
    private Logins logins = Logins.of(Login.anonymous());
    private boolean refreshTokens;
    private TimeSource time = TimeSource.system();

    private Builder(URI baseUrl) {
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    }

    /** Sets where the login is found; by default there is none. */
    public Builder logins(Logins logins) {
      this.logins = Objects.requireNonNull(logins, "logins");
      return this;
    }

    /**
     * Adds a host that may have the login because the registry fetches its tokens there.
     *
     * @param host a host, with its port if that is not the scheme's own
     * @throws IllegalArgumentException if it is neither
     */
    public Builder trustedRealmHost(String host) {
      trustedRealmHosts.add(RealmPolicy.requireHost(host));
      return this;
    }

    /** Sets whether to use refresh tokens in the password's place; by default not. */
    public Builder refreshTokens(boolean refreshTokens) {
      this.refreshTokens = refreshTokens;
      return this;
    }

    /** Sets the clock. */
    public Builder time(TimeSource time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /** Makes the settings. */
    public AuthSettings build() {
      return new AuthSettings(baseUrl, logins, trustedRealmHosts, refreshTokens, time);
    }
  }
}
