package dev.registrykit.testkit.internal.github;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.ApiRequest;
import dev.registrykit.testkit.internal.EmulatedService;
import dev.registrykit.testkit.internal.oci.EmulatedOciRegistry;
import dev.registrykit.testkit.internal.oci.access.AccessRules.Mode;
import dev.registrykit.testkit.internal.oci.kind.Behaviour;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The whole emulated service without its HTTP server: the registry under {@code /v2/} and {@code /token}, the REST
 * API under all other paths, both on one state. Thread-safe: one lock around everything.
 */
public final class EmulatedGithub implements EmulatedService {
  private static final String SERVICE = "ghcr.io";

  private final EmulatedOciRegistry registry = new EmulatedOciRegistry(Behaviour.GHCR);
  private final Map<String, Token> tokens = new LinkedHashMap<>();
  private Settings settings = new Settings();
  private PackagesState state = new PackagesState(settings);
  private RestApi api = new RestApi(state, settings, tokens);
  private final Consumer<EmulatedGithub> firstAccounts;
  private long requests;

  /** Makes one with accounts and tokens, which are there after each reset. */
  public EmulatedGithub(Consumer<EmulatedGithub> firstAccounts) {
    this.firstAccounts = firstAccounts;
    reset();
  }

  /** Back to the state of a new service. */
  public synchronized void reset() {
    registry.reset();
    registry.guard(rules -> {
      rules.mode = Mode.BEARER;
      rules.service = SERVICE;
    });
    tokens.clear();
    settings = new Settings();
    state = new PackagesState(settings);
    api = new RestApi(state, settings, tokens);
    firstAccounts.accept(this);
  }

  @Override
  public synchronized ApiAnswer handle(ApiRequest request) {
    String path = request.rawPath();
    if (path.equals(EmulatedOciRegistry.TOKEN_PATH)) {
      login(request);
      return registry.handle(request);
    }
    if (path.startsWith("/v2/") || path.equals("/v2")) {
      ApiAnswer answer = registry.handle(request);
      update();
      return answer;
    }
    ApiAnswer answer = api.handle(request);
    update();
    return answer;
  }

  /** The registry takes any name with a token, and grants what the token may do. */
  private void login(ApiRequest request) {
    Optional<Token> token = basic(request).map(tokens::get);
    String user = basicUser(request);
    registry.guard(rules -> {
      rules.user = token.isPresent() ? user : "";
      rules.password = token.map(Token::value).orElse("");
      rules.grantedActions = token.filter(Token::mayWrite).isPresent() ? null : Set.of("pull");
    });
  }

  private static Optional<String> basic(ApiRequest request) {
    return decoded(request).map(text -> text.substring(text.indexOf(':') + 1));
  }

  private static String basicUser(ApiRequest request) {
    return decoded(request).map(text -> text.substring(0, text.indexOf(':'))).orElse("");
  }

  private static Optional<String> decoded(ApiRequest request) {
    String header = request.header("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring("Basic ".length()));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8))
          .filter(text -> text.indexOf(':') >= 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized Map<String, String> nextHeaders() {
    requests++;
    return Map.of("X-GitHub-Request-Id", "EMUL:" + Long.toHexString(requests));
  }

  // What tests do

  /** Does something with the registry, and lets the API see it. */
  public synchronized <T> T onRegistry(Function<EmulatedOciRegistry, T> work) {
    T result = work.apply(registry);
    update();
    return result;
  }

  private void update() {
    registry.with(content -> {
      state.update(content);
      return true;
    });
  }

  public synchronized void addToken(Token token) {
    tokens.put(token.value(), token);
  }

  public synchronized void addAccount(String login, boolean isOrganization) {
    state.organizations.put(login, isOrganization);
  }

  public synchronized void change(Consumer<Settings> change) {
    change.accept(settings);
    state.forgetHistory();
  }

  /** Sets the dates of the version that a tag is on. */
  public synchronized void date(String path, String digest, Instant createdAt, Instant updatedAt) {
    VersionRow version = version(path, digest);
    version.createdAt = createdAt;
    version.updatedAt = updatedAt;
    state.forgetHistory();
  }

  public synchronized void setDownloads(String path, String digest, long downloads) {
    version(path, digest).downloads = downloads;
  }

  public synchronized void setPublic(String path, boolean isPublic) {
    known(path).isPublic = isPublic;
  }

  public synchronized long versionId(String path, String digest) {
    return version(path, digest).id;
  }

  private VersionRow version(String path, String digest) {
    VersionRow version = known(path).versions.get(digest);
    if (version == null) {
      throw new IllegalArgumentException("no version " + digest + " of " + path);
    }
    return version;
  }

  private PackageRow known(String path) {
    return state.find(path).orElseThrow(() -> new IllegalArgumentException("no package " + path));
  }
}
