package dev.registrykit.spi.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

  private static final String SECRET = "p\"a/s&s+w=ö rd";

  private final Redactor redactor = Redactor.of(List.of(SECRET));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\"a/s&s+w=ö rd",
        "p\\\"a/s&s+w=ö rd",
        "p\\\"a\\/s&s+w=ö rd",
        "p\\u0022a\\u002fs\\u0026s+w=\\u00f6 rd",
        "p\\u0022a\\u002Fs\\u0026s+w\\u003D\\u00F6\\u0020rd",
        "\\u0070\\u0022\\u0061\\u002f\\u0073\\u0026\\u0073\\u002b\\u0077\\u003d\\u00f6\\u0020\\u0072\\u0064",
        "p%22a%2Fs%26s%2Bw%3D%C3%B6%20rd",
        "p%22a%2fs%26s%2bw%3d%c3%b6%20rd",
        "p%22a%2Fs%26s%2Bw%3D%C3%B6+rd",
        "p&quot;a/s&amp;s+w=ö rd",
        "p&#34;a&#x2F;s&amp;s+w=&#246; rd",
        "p\\\\\\\"a\\\\/s&s+w=ö rd",
        "p\\\\u0022a\\\\u002fs\\\\u0026s+w=\\\\u00f6 rd",
        "p%2522a%252Fs%2526s%252Bw%253D%25C3%25B6%2520rd",
      })
  void aSecretIsFoundHoweverItIsEscaped(String escaped) {
    assertEquals("it was '(hidden)'!", redactor.apply("it was '" + escaped + "'!"));
  }

  @Test
  void aSecretIsFoundThatIsPercentEncodedAsLatin1() {
    assertEquals("(hidden)!", Redactor.of(List.of("p§ss£w é")).apply("p%A7ss%A3w%20%E9!"));
  }

  @Test
  void aSecretIsFoundInBase64() {
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    String plain = Base64.getEncoder().encodeToString(bytes);
    String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

    assertEquals("(hidden)", redactor.apply(plain).replace("=", ""));
    assertEquals("(hidden)", redactor.apply(url));
    assertEquals("(hidden)", redactor.apply(plain.replace("/", "\\/")).replace("=", ""));
  }

  @Test
  void ofAHeaderEveryPartIsFound() {
    Redactor basic = Redactor.ofHeaders(List.of("Basic " + base64("robot:s3cr3t-pw")));
    Redactor bearer = Redactor.ofHeaders(List.of("Bearer abc.def.ghi", "X"));

    assertEquals("(hidden) of robot", basic.apply("s3cr3t-pw of robot"));
    assertEquals("(hidden)", basic.apply("robot:s3cr3t-pw"));
    assertEquals("got (hidden)", basic.apply("got " + base64("robot:s3cr3t-pw")));
    assertEquals("token (hidden) is over", bearer.apply("token abc.def.ghi is over"));
  }

  @Test
  void aHeaderThatIsNoBasicIsHiddenAsItIs() {
    assertEquals("(hidden)", Redactor.ofHeaders(List.of("Basic ?!%")).apply("?!%"));
  }

  @Test
  void aShortSecretIsHiddenOnlyWhereItStandsAlone() {
    Redactor brief = Redactor.of(List.of("tag", "a1"));

    assertEquals(
        "no stage for '(hidden)' and \"(hidden)\"; a12, xtag",
        brief.apply("no stage for 'tag' and \"a1\"; a12, xtag"));
  }

  @Test
  void aShortSecretIsFoundAtTheBeginningAndAtTheEnd() {
    Redactor brief = Redactor.of(List.of("tag"));

    assertEquals("(hidden) is no (hidden)", brief.apply("tag is no tag"));
    assertEquals("tags are no stag", brief.apply("tags are no stag"));
  }

  @Test
  void fromSixCharactersOnASecretIsHiddenWithinWordsToo() {
    assertEquals("x(hidden)x", Redactor.of(List.of("secret")).apply("xsecretx"));
    assertEquals("xsecrex", Redactor.of(List.of("secre")).apply("xsecrex"));
  }

  @Test
  void asLongAsNoWordIsASecretFromSixteenCharactersOn() {
    String sixteen = "0123456789abcdef";
    String fifteen = sixteen.substring(1);

    assertTrue(Redactor.of(List.of(sixteen)).findsLongSecretIn("/a/" + sixteen));
    assertFalse(Redactor.of(List.of(fifteen)).findsLongSecretIn("/a/" + fifteen));
    assertTrue(Redactor.of(List.of(fifteen)).findsLongSecretIn("/a/" + base64(fifteen)));
    assertFalse(Redactor.none().findsLongSecretIn("/a/" + sixteen));
  }

  @Test
  void aSecretThatHoldsAnotherIsHiddenWhole() {
    assertEquals(
        "<(hidden)>", Redactor.of(List.of("secret", "my-secret-2")).apply("<my-secret-2>"));
  }

  @Test
  void emptySecretsAreIgnored() {
    String text = "a b";

    assertSame(text, Redactor.of(List.of("", " ")).apply(text));
    assertSame(text, Redactor.none().apply(text));
    assertSame(text, Redactor.ofHeaders(List.of()).apply(text));
  }

  @Test
  void textWithoutASecretStaysAsItIs() {
    String text = "100% \\u00zz \\ &; &#; &#x; %zz %c3 \\";

    assertSame(text, redactor.apply(text));
  }

  @Test
  void twoHideWhatEitherHides() {
    Redactor both = Redactor.of(List.of("first-1")).and(Redactor.of(List.of("second-2")));

    assertEquals("(hidden), (hidden)", both.apply("first-1, second-2"));
    assertSame(both, both.and(Redactor.none()));
    assertSame(both, Redactor.none().and(both));
    assertSame(both, both.and(Redactor.of(List.of("second-2"))), "it knows that one");
  }

  @Test
  void aLongTokenIsFoundInALongText() {
    String token = "eyJhbGciOi.".repeat(400);
    String text = "x".repeat(60_000) + token + "%\\&+".repeat(1000);

    String shown = Redactor.of(List.of(token)).apply(text);

    assertFalse(shown.contains("eyJ"), shown);
  }

  /** Each character is written as itself or in one of its escapes, at random. */
  @Test
  void anyMixtureOfOneFormatsEscapesIsFound() {
    Random random = new Random(7);
    String secret = "aZ0-._~/+=:@\"\\";
    for (int i = 0; i < 500; i++) {
      StringBuilder json = new StringBuilder();
      StringBuilder url = new StringBuilder();
      for (char c : secret.toCharArray()) {
        boolean mustBeEscaped = c == '"' || c == '\\';
        json.append(mustBeEscaped || random.nextBoolean() ? unicode(c, random) : "" + c);
        url.append(random.nextBoolean() ? "%" + hex(c, 2, random) : "" + c);
      }
      assertEquals("<(hidden)>", Redactor.of(List.of(secret)).apply("<" + json + ">"));
      assertEquals("<(hidden)>", Redactor.of(List.of(secret)).apply("<" + url + ">"));
    }
  }

  private static String unicode(char c, Random random) {
    return "\\u" + hex(c, 4, random);
  }

  private static String hex(char c, int digits, Random random) {
    return String.format(random.nextBoolean() ? "%0" + digits + "x" : "%0" + digits + "X", (int) c);
  }

  @Test
  void itsOwnWordsAreHarmless() {
    assertFalse(redactor.toString().contains(SECRET));
    assertEquals(
        Redactor.none().toString(), "Redactor of 0 texts", "what it says is how many there are");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Timeout(30) // each layer doubles the time
  void aTextThatIsEscapedOverAndOverIsNotLookedThroughToItsEnd() {
    String text = "%" + "25".repeat(60) + "41";

    assertEquals(text + "(hidden)", redactor.apply(text + SECRET));
  }

  @Test
  @Timeout(30) // the square of the length would take hours
  void aTextOfSignsThatBeginNothingIsReadInProportionToItsLength() {
    String text = "&".repeat(1_000_000);

    assertEquals(text + "(hidden)", redactor.apply(text + SECRET));
  }
}
