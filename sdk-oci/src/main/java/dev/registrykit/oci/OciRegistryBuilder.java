package dev.registrykit.oci;

import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.internal.DefaultOciRegistry;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.OciEndpoint;
import dev.registrykit.oci.internal.auth.AuthSettings;
import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginVariables;
import dev.registrykit.oci.internal.auth.Logins;
import dev.registrykit.oci.internal.auth.stored.StoredLogins;
import dev.registrykit.spi.support.TimeSource;
import java.net.http.HttpClient;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an {@link OciRegistry} needs. Not thread-safe.
 *
 * <pre>{@code
 * OciRegistry registry = OciRegistry.builder()
 *     .registry("registry.example.org")
 *     .environment(System.getenv()) // the logins of Docker and Podman
 *     .httpOptions(HttpOptions.defaults().withOperationTimeout(Duration.ofMinutes(2)))
 *     .build();
 * }</pre>
 *
 * <p>Without a login, the registry is asked anonymously. One that is set here wins over those of
 * {@link #environment(Map)}; of those that are set here, there can be one. Malformed values are {@link IllegalArgumentException}s, whose messages
 * never repeat a secret.
 *
 * @since 0.1.0
 */
public final class OciRegistryBuilder {

  private @Nullable String registry;
  private @Nullable OciPreset preset;
  private @Nullable Boolean plainHttp;
  private @Nullable Login login;
  private @Nullable String password;
  private @Nullable Map<String, String> environment;
  private final Set<String> trustedRealmHosts = new LinkedHashSet<>();
  private boolean refreshTokens;
  private PlaceholderUse placeholder = PlaceholderUse.AS_PRESET;
  private HttpOptions httpOptions = HttpOptions.defaults();
  private @Nullable HttpClient httpClient;
  private TimeSource time = TimeSource.system();

  OciRegistryBuilder() {}

  /**
   * Sets where the registry is: a host such as {@code ghcr.io} or {@code localhost:5000}, or a URL.
   * A host is asked over https, but for this machine's own addresses, as Docker's tools do; {@code
   * docker.io} and its aliases lead to where Docker Hub really is.
   *
   * @throws IllegalArgumentException if it is neither a host nor a URL
   */
  public OciRegistryBuilder registry(String registry) {
    OciEndpoint.of(Objects.requireNonNull(registry, "registry"), null, null);
    this.registry = registry;
    return this;
  }

  /**
   * Sets whether a host is asked over plain http, where whoever listens on the way reads everything, and
   * a password is sent only to a registry that demands it. By default only this machine's own addresses
   * are. A URL says it itself; {@link #build()} refuses one that says otherwise, and plain http to Docker
   * Hub.
   */
  public OciRegistryBuilder plainHttp(boolean plainHttp) {
    this.plainHttp = plainHttp;
    return this;
  }

  /** Sets what is known of the registry, instead of what its host tells. */
  public OciRegistryBuilder preset(OciPreset preset) {
    this.preset = Objects.requireNonNull(preset, "preset");
    return this;
  }

  /** Sets whether a tag may be deleted by way of a placeholder; as the preset says by default. */
  public OciRegistryBuilder placeholder(PlaceholderUse placeholder) {
    this.placeholder = Objects.requireNonNull(placeholder, "placeholder");
    return this;
  }

  /** Sets time limits, retries, listener and client; the defaults otherwise. */
  public OciRegistryBuilder httpOptions(HttpOptions httpOptions) {
    this.httpOptions = Objects.requireNonNull(httpOptions, "httpOptions");
    return this;
  }

  /**
   * Sets the caller's own client, as {@link HttpOptions#withHttpClient(HttpClient)} does. Refused if
   * {@link #httpOptions(HttpOptions)} bring another one.
   */
  public OciRegistryBuilder httpClient(HttpClient httpClient) {
    HttpOptions.defaults().withHttpClient(httpClient);
    this.httpClient = httpClient;
    return this;
  }

  /**
   * Sets a user and a password, or an access token that stands for one. They go with every request
   * to the registry, once its answer to {@code GET /v2/} says that it wants them, or wants nothing (but
   * then over https only, or on this machine); or else to its token endpoint where that may have them,
   * see {@link #trustedRealmHost(String)}.
   *
   * @throws IllegalArgumentException if the user is empty or has a colon or a control character
   */
  public OciRegistryBuilder basic(String user, String password) {
    return login(Login.basic(user, password));
  }

  /**
   * Sets the password alone, where the {@link OciPreset} knows the user: {@code AWS} on ECR, {@code
   * oauth2accesstoken} on Google's registries.
   */
  public OciRegistryBuilder password(String password) {
    Objects.requireNonNull(password, "password");
    requireOneLogin();
    this.password = password;
    return this;
  }

  /**
   * Sets a token that the registry itself takes; sent with every request to it, and renewed by
   * nobody.
   */
  public OciRegistryBuilder bearerToken(String token) {
    return login(Login.bearer(token));
  }

  /** Sets a token that is exchanged for others at the token endpoint, as Azure's registry has. */
  public OciRegistryBuilder identityToken(String token) {
    return login(Login.identityToken(token));
  }

  private OciRegistryBuilder login(Login login) {
    requireOneLogin();
    this.login = login;
    return this;
  }

  private void requireOneLogin() {
    if (login != null || password != null) {
      throw new IllegalArgumentException("there is a login already");
    }
  }

  /**
   * Takes the login from variables, or from where Docker and Podman store logins.
   *
   * <p>Variables win: {@code OCI_USERNAME} and {@code OCI_PASSWORD} as in {@link #basic}, {@code
   * OCI_PASSWORD} alone as in {@link #password}, {@code OCI_TOKEN} as in {@link #bearerToken}, or {@code
   * OCI_IDENTITY_TOKEN} as in {@link #identityToken}. They go to whichever registry is opened. An empty one
   * counts as none; a name without a password, a password alone where the preset knows no name, and two
   * logins are refused by {@link #build()}.
   *
   * <p>Stored logins are looked for before the first request, in this order: the file that {@code
   * REGISTRY_AUTH_FILE} names, and then no other; {@code
   * $DOCKER_CONFIG/config.json}; {@code $XDG_RUNTIME_DIR/containers/auth.json}; {@code
   * $XDG_CONFIG_HOME/containers/auth.json}, by default below {@code ~/.config}; {@code
   * ~/.docker/config.json}, unless {@code DOCKER_CONFIG} is set; {@code ~/.dockercfg}. In each,
   * {@code credHelpers} come before {@code credsStore}, and that before what the file holds itself.
   * A helper that fails is an error, never a reason to try another login. The home directory {@code ~} is
   * what {@code HOME} or {@code USERPROFILE} among these variables names; without them none is looked into.
   *
   * @param environment variables by name, usually {@link System#getenv()}, and the only ones that are read
   */
  public OciRegistryBuilder environment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    return this;
  }

  /**
   * Lets a login go to a token endpoint on that host. Otherwise it goes to the registry's own host,
   * and to those that are known to belong to it, and nowhere else: a registry names its token
   * endpoint itself, and might name anybody's.
   *
   * @param host a host, maybe with a port
   */
  public OciRegistryBuilder trustedRealmHost(String host) {
    trustedRealmHosts.add(Objects.requireNonNull(host, "host"));
    return this;
  }

  /**
   * Sets whether refresh tokens are asked for and used, which not every endpoint can; false
   * otherwise.
   */
  public OciRegistryBuilder refreshTokens(boolean used) {
    this.refreshTokens = used;
    return this;
  }

  /** Sets the clock and the sleeper, for the module's own tests. */
  OciRegistryBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /**
   * Makes the registry. Sends nothing.
   *
   * @throws IllegalArgumentException if nothing says where the registry is, settings contradict each
   *     other, or variables hold half a login or two
   */
  public OciRegistry build() {
    OciEndpoint endpoint = OciEndpoint.of(registry, preset, plainHttp);
    return new DefaultOciRegistry(new OciConfiguration(
        endpoint.baseUrl(),
        endpoint.preset(),
        auth(endpoint),
        placeholder == PlaceholderUse.AS_PRESET
            ? endpoint.preset().placeholder()
            : placeholder == PlaceholderUse.ALLOWED,
        combinedOptions(),
        time));
  }

  private AuthSettings auth(OciEndpoint endpoint) {
    AuthSettings.Builder auth = AuthSettings.builder(endpoint.baseUrl())
        .logins(logins(endpoint))
        .refreshTokens(refreshTokens)
        .time(time);
    trustedRealmHosts.forEach(auth::trustedRealmHost);
    return auth.build();
  }

  private Logins logins(OciEndpoint endpoint) {
    if (password != null) {
      return Logins.of(Login.basic(endpoint.requireUser(), password));
    }
    if (login != null) {
      return Logins.of(login);
    }
    Map<String, String> variables = environment;
    if (variables == null) {
      return Logins.of(Login.anonymous());
    }
    return LoginVariables.of(variables, endpoint.preset().user())
        .map(Logins::of)
        .orElseGet(() -> StoredLogins.of(variables));
  }

  private HttpOptions combinedOptions() {
    if (httpClient == null) {
      return httpOptions;
    }
    if (httpOptions.httpClient().filter(other -> other != httpClient).isPresent()) {
      throw new IllegalArgumentException("httpClient and httpOptions bring two different clients");
    }
    return httpOptions.withHttpClient(httpClient);
  }

  /** Returns what is set, without the secret. */
  @Override
  public String toString() {
    return "OciRegistryBuilder[registry=%s, preset=%s, login=%s]"
        .formatted(registry, preset, login != null ? login : password == null ? "none" : "hidden");
  }
}
