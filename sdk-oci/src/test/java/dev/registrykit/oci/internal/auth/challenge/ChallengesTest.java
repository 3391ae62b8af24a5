package dev.registrykit.oci.internal.auth.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengesTest {

  private static final String REALM = "https://auth.example.org/token";

  @Test
  void theRecordedChallengeOfAPushIsRead() { // registry-2.8.2.md §10
    Challenge challenge = only(
        "Bearer realm=\"http://127.0.0.1:5899/token\","
            + "service=\"lab-service\",scope=\"repository:team/app:pull,push repository:other/repo:pull\"");

    assertEquals("bearer", challenge.scheme());
    assertEquals("http://127.0.0.1:5899/token", challenge.parameters().get("realm"));
    assertEquals("lab-service", challenge.parameters().get("service"));
    assertEquals(
        List.of("repository:team/app:pull,push", "repository:other/repo:pull"), challenge.scopes());
  }

  @Test
  void theRecordedChallengeOfAPasswordIsRead() { // registry-2.8.2.md §9
    assertEquals(
        new Challenge("basic", Map.of("realm", "lab-realm")), only("Basic realm=\"lab-realm\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer scope=\"a:b:pull\",realm=\"https://auth.example.org/token\",service=\"s\"",
        "bearer REALM=\"https://auth.example.org/token\" , Scope=\"a:b:pull\" ,service=s",
        "BEARER\trealm = \"https://auth.example.org/token\",service=\"s\",\tscope=\"a:b:pull\"",
        "Bearer ,, service=\"s\",,realm=https://auth.example.org/token,scope=a:b:pull,",
        ", Bearer service=s,scope=\"a:b:pull\",realm=\"https:\\/\\/auth.example.org/token\"",
      })
  void orderCaseBlanksAndQuotesMakeNoDifference(String header) {
    assertEquals(
        Map.of("realm", REALM, "service", "s", "scope", "a:b:pull"),
        only(header).parameters());
  }

  @Test
  void scopeAndServiceMayBeMissing() {
    Challenge challenge = only("Bearer realm=\"" + REALM + "\"");

    assertEquals(List.of(), challenge.scopes());
    assertEquals(Optional.empty(), challenge.parameter("service"));
  }

  @Test
  void quotedValuesHoldCommasBlanksEqualsSignsAndEscapes() {
    Challenge challenge = only("Bearer realm=\"a, Basic realm=\\\"x\\\" \\\\ =\",service=\"b c\"");

    assertEquals("a, Basic realm=\"x\" \\ =", challenge.parameters().get("realm"));
    assertEquals("b c", challenge.parameters().get("service"));
  }

  @Test
  void oneHeaderMayHoldSeveralChallenges() {
    List<Challenge> challenges = Challenges.of(List.of("Negotiate, Basic realm=\"r\","
        + " charset=\"UTF-8\", Bearer realm=\"" + REALM + "\",service=\"s\""));

    assertEquals(
        List.of("negotiate", "basic", "bearer"),
        challenges.stream().map(Challenge::scheme).toList());
    assertEquals(Map.of("realm", "r", "charset", "UTF-8"), challenges.get(1).parameters());
    assertEquals(Map.of("realm", REALM, "service", "s"), challenges.get(2).parameters());
  }

  @Test
  void credentialsOfOtherSchemesArePassedOver() {
    List<Challenge> challenges =
        Challenges.of(List.of("Negotiate YII+/a-._~w==, NTLM TlRM=,Basic realm=r", "Digest a=b"));

    assertEquals(
        List.of("negotiate", "ntlm", "basic", "digest"),
        challenges.stream().map(Challenge::scheme).toList());
    assertEquals(Map.of(), challenges.get(0).parameters());
    assertEquals(Map.of("realm", "r"), challenges.get(2).parameters());
  }

  @Test
  void aNameMayHaveAllCharactersOfAToken() { // RFC 7230 §3.2.6
    Challenge challenge = only("AZaz09!#$%&'*+-.^_`|~ AZaz09!#$%&'*+-.^_`|~=x");

    assertEquals("azaz09!#$%&'*+-.^_`|~", challenge.scheme());
    assertEquals("x", challenge.parameters().get("azaz09!#$%&'*+-.^_`|~"));
  }

  @Test
  void ofAParameterSentTwiceTheFirstCounts() {
    assertEquals("a", only("Bearer realm=a,realm=b").parameters().get("realm"));
  }

  @Test
  void aScopeSentTwiceIsOne() {
    assertEquals(List.of("a", "b"), only("Bearer scope=\" a  b a \"").scopes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", ",,,", "=", "\"", "=x, =y", "\u0000"})
  void noChallengeIsReadFromNonsense(String header) {
    assertEquals(List.of(), Challenges.of(List.of(header)));
  }

  @Test
  void aQuoteThatIsNeverClosedEndsWithTheHeader() {
    assertEquals(
        "abc, service=s", only("Bearer realm=\"abc, service=s").parameters().get("realm"));
    assertEquals("abc\\", only("Bearer realm=\"abc\\").parameters().get("realm"));
  }

  @Test
  void whatIsMalformedDoesNotHideWhatFollows() {
    List<Challenge> challenges = Challenges.of(List.of("Bearer ;;;, realm=r, Basic realm=b"));

    assertEquals(Map.of("realm", "r"), challenges.get(0).parameters());
    assertEquals(Map.of("realm", "b"), challenges.get(1).parameters());
  }

  @Test
  void noInputMakesTheParserFailOrHang() {
    String alphabet = "Bearer realm=\"\\, \t=;:/+az09\u00e4\u0000";
    Random random = new Random(1);

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
      for (int i = 0; i < 20_000; i++) {
        StringBuilder header = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
          header.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        List<Challenge> challenges = Challenges.of(List.of(header.toString()));
        challenges.forEach(challenge -> assertEquals(false, challenge.scheme().isEmpty()));
      }
    });
  }

  @Test
  void aTokenIsPreferredToAPassword() {
    assertEquals("bearer", preferred("Basic realm=r", "Bearer realm=\"" + REALM + "\""));
  }

  @Test
  void aTokenNobodyCanFetchIsNot() {
    assertEquals("basic", preferred("Bearer", "Basic realm=r"));
    assertEquals("basic", preferred("Bearer realm=\"\"", "Basic realm=r"));
    assertEquals("bearer", preferred("Negotiate", "Bearer error=\"invalid_token\""));
  }

  @Test
  void whatIsNotKnownIsNeverPreferred() {
    assertEquals("none", preferred("Negotiate", "NTLM", "Digest realm=r"));
    assertEquals("basic", preferred("Negotiate", "Basic realm=r"));
  }

  private static String preferred(String... headers) {
    return Challenges.preferred(Challenges.of(List.of(headers)))
        .map(Challenge::scheme)
        .orElse("none");
  }

  private static Challenge only(String header) {
    List<Challenge> challenges = Challenges.of(List.of(header));
    assertEquals(1, challenges.size(), challenges.toString());
    return challenges.get(0);
  }
}
