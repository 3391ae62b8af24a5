package dev.registrykit.github;

import dev.registrykit.github.internal.DefaultGithubRegistry;
import dev.registrykit.github.internal.GithubConfiguration;
import dev.registrykit.github.internal.auth.StoredToken;
import dev.registrykit.github.internal.auth.TokenKind;
import dev.registrykit.github.internal.auth.TokenSource;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciPreset;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciRegistryBuilder;
import dev.registrykit.spi.config.BaseUrl;
import dev.registrykit.spi.config.Secrets;
import dev.registrykit.spi.support.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link GithubRegistry} needs. Not thread-safe.
 *
 * <pre>{@code
 * GithubRegistry registry = GithubRegistry.builder()
 *     .owner("my-org")
 *     .environment(System.getenv()) // the token
 *     .httpOptions(HttpOptions.defaults().withOperationTimeout(Duration.ofMinutes(2)))
 *     .build();
 * }</pre>
 *
 * <p>What is set here wins over the variables of {@link #environment(Map)}. Malformed values are {@link
 * IllegalArgumentException}s, whose messages never repeat a secret.
 *
 * @since 0.1.0
 */
public final class GithubRegistryBuilder {

  private static final String API = "https://api.github.com";

  private static final String REGISTRY = "https://ghcr.io";

  /** What GitHub lets a login be, and underscores, which those of managed users have. */
  private static final Pattern LOGIN =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?");

  /** The registry takes any name with a token. */
  private static final String ANY_USER = "registrykit";

  private static final List<String> TOKEN_VARIABLES = List.of("GITHUB_TOKEN", "GH_TOKEN");

  private @Nullable String owner;
  private @Nullable OwnerKind ownerKind;
  private @Nullable String token;
  private @Nullable Map<String, String> environment;
  private URI baseUrl = URI.create(API);
  private URI registryUrl = URI.create(REGISTRY);
  private StrictDeletion strictDeletion = StrictDeletion.WHOLE_VERSION_IF_ALONE;
  private boolean keepsLastTag = true;
  private Duration patience = Duration.ofSeconds(30);
  private HttpOptions httpOptions = HttpOptions.defaults();
  private @Nullable HttpClient httpClient;
  private TimeSource time = TimeSource.system();

  GithubRegistryBuilder() {}

  /** Sets whose images they are: the login of an organisation or a user, in any case. */
  public GithubRegistryBuilder owner(String owner) {
    Objects.requireNonNull(owner, "owner");
    if (!LOGIN.matcher(owner).matches()) {
      throw new IllegalArgumentException("an owner is a login of GitHub, this is none");
    }
    this.owner = owner.toLowerCase(Locale.ROOT);
    return this;
  }

  /** Sets what the owner is. Without it, GitHub is asked once, with one or two requests. */
  public GithubRegistryBuilder ownerKind(OwnerKind ownerKind) {
    this.ownerKind = Objects.requireNonNull(ownerKind, "ownerKind");
    return this;
  }

  /**
   * Sets the token: a classic personal access token, or that of a workflow or an app.
   *
   * @throws IllegalArgumentException if it is a fine-grained one ({@code github_pat_…}), which GitHub's packages
   *     do not take
   */
  public GithubRegistryBuilder token(String token) {
    this.token = requireToken(token);
    return this;
  }

  /**
   * Takes the token from the variable {@code GITHUB_TOKEN}, else {@code GH_TOKEN}, else from where Docker and Podman
   * store the login of ghcr.io, see {@link OciRegistryBuilder#environment(Map)}, which is looked at before the first
   * request. An empty variable counts as none.
   *
   * @param environment variables by name, usually {@link System#getenv()}, and the only ones that are read
   */
  public GithubRegistryBuilder environment(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    return this;
  }

  /** Sets where the API is, instead of {@code https://api.github.com}. */
  public GithubRegistryBuilder baseUrl(String baseUrl) {
    this.baseUrl = BaseUrl.parse(baseUrl);
    return this;
  }

  /** Sets where the registry is, instead of {@code https://ghcr.io}. */
  public GithubRegistryBuilder registryUrl(String registryUrl) {
    this.registryUrl = BaseUrl.parse(registryUrl);
    return this;
  }

  /**
   * Sets how a strict deletion takes one tag and no other; {@link StrictDeletion#WHOLE_VERSION_IF_ALONE} otherwise.
   */
  public GithubRegistryBuilder strictDeletion(StrictDeletion strictDeletion) {
    this.strictDeletion = Objects.requireNonNull(strictDeletion, "strictDeletion");
    return this;
  }

  /**
   * Sets whether the deletion of an image's last tag is refused before anything is sent that changes something,
   * which it is otherwise. GitHub's users report that it refuses that itself; with {@code false} it is asked.
   */
  public GithubRegistryBuilder keepingLastTag(boolean keepsLastTag) {
    this.keepsLastTag = keepsLastTag;
    return this;
  }

  /**
   * Sets how long GitHub's list of versions may lag behind its registry before that is a failure; 30 seconds
   * otherwise. How long it does is not documented. Bounded by the time of an operation.
   *
   * @throws IllegalArgumentException if negative
   */
  public GithubRegistryBuilder patience(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience is negative: " + patience);
    }
    this.patience = patience;
    return this;
  }

  /** Sets time limits, retries, listener and client; the defaults otherwise. */
  public GithubRegistryBuilder httpOptions(HttpOptions httpOptions) {
    this.httpOptions = Objects.requireNonNull(httpOptions, "httpOptions");
    return this;
  }

  /**
   * Sets the caller's own client, as {@link HttpOptions#withHttpClient(HttpClient)} does. Refused if
   * {@link #httpOptions(HttpOptions)} bring another one.
   */
  public GithubRegistryBuilder httpClient(HttpClient httpClient) {
    HttpOptions.defaults().withHttpClient(httpClient);
    this.httpClient = httpClient;
    return this;
  }

  /** Sets the clock and the sleeper, for the module's own tests. */
  GithubRegistryBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /**
   * Makes the registry. Sends nothing.
   *
   * @throws IllegalArgumentException if the owner is missing, or there is neither a token nor a place to look
   *     for one, or a variable holds what is no token
   */
  public GithubRegistry build() {
    String login = owner;
    if (login == null) {
      throw new IllegalArgumentException("no owner: set it with owner(…)");
    }
    Optional<String> known = token != null ? Optional.of(token) : tokenOfVariables();
    HttpOptions options = combinedOptions();
    OciRegistryBuilder oci = OciRegistry.builder()
        .registry(registryUrl.toString())
        .preset(OciPreset.GHCR)
        .httpOptions(options);
    TokenSource source;
    if (known.isPresent()) {
      source = TokenSource.of(known.get());
      oci.basic(ANY_USER, known.get());
    } else {
      Map<String, String> variables = withoutOtherLogins();
      source = new StoredToken(variables, registryUrl.getAuthority());
      oci.environment(variables);
    }
    return new DefaultGithubRegistry(
        new GithubConfiguration(
            login,
            ownerKind,
            source,
            baseUrl,
            registryUrl.getAuthority().toLowerCase(Locale.ROOT),
            strictDeletion,
            keepsLastTag,
            patience,
            options,
            time),
        oci.build());
  }

  private Optional<String> tokenOfVariables() {
    Map<String, String> variables = environment;
    if (variables == null) {
      throw new IllegalArgumentException(
          "no token: set it with token(…), or with GITHUB_TOKEN and environment(…)");
    }
    return TOKEN_VARIABLES.stream()
        .map(name -> variables.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(GithubRegistryBuilder::requireToken);
  }

  /** The variables of the OCI provider are for whichever registry that opens, not for this one. */
  private Map<String, String> withoutOtherLogins() {
    Map<String, String> variables = new HashMap<>(Objects.requireNonNull(environment));
    variables.keySet().removeIf(name -> name.startsWith("OCI_"));
    return variables;
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

  private static String requireToken(String token) {
    Secrets.requireHeaderValue(token, "token");
    if (TokenKind.of(token) == TokenKind.FINE_GRAINED) {
      throw new IllegalArgumentException(TokenKind.FINE_GRAINED_REFUSED);
    }
    return token;
  }

  /** Returns what is set, without the secret. */
  @Override
  public String toString() {
    return "GithubRegistryBuilder[owner=%s, token=%s, baseUrl=%s]"
        .formatted(owner, token == null ? "none" : "redacted", baseUrl);
  }
}
