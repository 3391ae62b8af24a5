package dev.registrykit.oci.internal.auth;

import dev.registrykit.ConflictException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.oci.internal.auth.challenge.Challenge;
import dev.registrykit.oci.internal.auth.challenge.Challenges;
import dev.registrykit.oci.internal.auth.challenge.MissingScope;
import dev.registrykit.reliability.fuzz.Claim;
import dev.registrykit.spi.config.HostAddress;
import dev.registrykit.spi.support.Redactor;
import dev.registrykit.spi.transport.TransportResponse;
import dev.registrykit.spi.transport.TransportTargets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How a registry asks for a login, and what its token endpoint answers; here for what the package alone can see. */
public final class AuthTargets {

  private static final String REGISTRY = "reg.eu.example.org";

  private static final URI TOKENS = URI.create("https://auth.example.org/token");

  private AuthTargets() {}

  /** Challenges are written and read again to the same. */
  public static void challenge(byte[] input) {
    List<String> values = List.of(Claim.text(input).split("\n"));
    List<Challenge> read = Challenges.of(values);
    for (Challenge challenge : read) {
      Claim.same(challenge.scheme().toLowerCase(Locale.ROOT), challenge.scheme(), "a scheme");
      Claim.that(!challenge.scheme().isEmpty(), "a challenge has no scheme");
      challenge
          .parameters()
          .keySet()
          .forEach(name -> Claim.that(!name.isEmpty(), "a name is empty"));
      challenge
          .scopes()
          .forEach(scope -> Claim.that(scope.matches("(?s)[^ \t]+"), "a scope is blank"));
    }
    String written = read.stream().map(AuthTargets::written).collect(Collectors.joining(", "));
    Claim.same(read, Challenges.of(List.of(written)), "challenges written and read");
    Challenges.preferred(read)
        .ifPresent(one -> Claim.that(read.contains(one), "it was not offered"));
    MissingScope.in(TransportTargets.headers(
        Map.of("www-authenticate", values.isEmpty() ? "" : values.get(0))));
  }

  private static String written(Challenge challenge) {
    return challenge.scheme()
        + challenge.parameters().entrySet().stream()
            .map(parameter -> " " + parameter.getKey() + "=\""
                + parameter.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(","));
  }

  /** A login goes over https, to the registry's own host or one of its family, and to no other. */
  public static void realm(byte[] input) {
    RealmPolicy policy = new RealmPolicy(URI.create("https://" + REGISTRY), Set.of());
    URI realm = RealmPolicy.parse(Claim.text(input)).orElse(null);
    if (realm == null) {
      return;
    }
    policy.objection(realm, Login.anonymous()).ifPresent(why -> Claim.oneLine(why, "an objection"));
    if (policy.objection(realm, Login.basic("ci", "secret")).isPresent()) {
      return;
    }
    String host = HostAddress.normalized(realm.getHost());
    Claim.that(
        realm.getScheme().equalsIgnoreCase("https"), "a login goes over " + realm.getScheme());
    Claim.that(("." + host).endsWith(".eu.example.org"), "a login goes to " + host);
    Claim.that(realm.getRawUserInfo() == null && realm.getRawFragment() == null, "of another form");
    String separator = realm.getRawQuery() == null ? "?" : "&";
    URI asked = HttpRequest.newBuilder(URI.create(realm + separator + "service=x"))
        .build()
        .uri();
    Claim.same(realm.getRawAuthority(), asked.getRawAuthority(), "where a token is asked for");
  }

  /** A token fits into a header and lives between ten seconds and a day, or the answer is refused. */
  public static void token(byte[] input) {
    String date = Claim.lines(input, 1).get(0);
    TransportResponse answer = new TransportResponse(
        TOKENS,
        200,
        TransportTargets.headers(Map.of("date", date)),
        Claim.behind(input, 1),
        Redactor.none());
    TokenAnswer token;
    try {
      token = TokenAnswer.of(answer);
    } catch (IllegalArgumentException e) {
      Claim.shown(e);
      return;
    }
    Claim.that(token.token().matches("[ -~]+"), "a token has " + token.token());
    HttpRequest.newBuilder(TOKENS)
        .header("Authorization", "Bearer " + token.token())
        .build();
    Claim.that(token.lifetime().compareTo(Duration.ofSeconds(10)) >= 0, "it lives too short");
    Claim.that(token.lifetime().compareTo(Duration.ofDays(1)) <= 0, "it lives too long");
    Claim.same("token answer(hidden)", token.toString(), "a token for logs");
  }

  /** Returns what a refusal of the token endpoint means; never that something is not there. */
  public static RegistryServiceException refusal(
      int status, Map<String, String> headers, byte[] body, String secret) {
    RegistryServiceException refusal = new TokenErrors(
            "auth.example.org", List.of("repository:shop/web:pull"), true)
        .map(TransportTargets.refusal(status, headers, body, secret));
    Claim.that(!(refusal instanceof NotFoundException), "a token endpoint says that a tag is gone");
    Claim.that(!(refusal instanceof ConflictException), "a token endpoint speaks of a tag");
    return refusal;
  }
}
