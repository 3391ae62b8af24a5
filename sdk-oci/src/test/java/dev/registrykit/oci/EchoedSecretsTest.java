package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testkit.TagContent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registries that say back what they were told: nothing of it may reach an exception. */
class EchoedSecretsTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension(OciPersonality.DISTRIBUTION_3_1);

  private static final String PASSWORD = "pa/ss\"w\u00f6rd-42";

  /** As a JSON text may hold it, of which only one form is its own. */
  private static String everyCharacterEscaped(String text) {
    return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }

  private static String slashesEscaped(String text) {
    return text.replace("\"", "\\\"").replace("/", "\\/");
  }

  private static Fault echo(String secret) {
    String base64 =
        Base64.getEncoder().encodeToString(("me:" + secret).getBytes(StandardCharsets.UTF_8));
    String slashes = slashesEscaped(secret);
    String escaped = everyCharacterEscaped(secret);
    return Fault.json(
            403,
            text(
                "{\"errors\":[{\"code\":\"NO_" + slashes + "\",\"message\":\"not " + slashes,
                " or " + escaped + " or Basic " + base64.replace("/", "\\/") + "\"},",
                "{\"code\":\"" + escaped + "\",\"message\":\"" + base64 + "\"}],",
                "\"detail\":\"" + escaped + "\"}"))
        .withHeader("X-Request-Id", "id " + secret.replace("\u00f6", "o"))
        .withHeader("Warning", "299 - \"Basic " + base64 + "\"");
  }

  private static void assertTellsNothingOf(RegistryServiceException failure, String secret) {
    StringWriter told = new StringWriter();
    failure.printStackTrace(new PrintWriter(told));
    told.append(failure.getMessage())
        .append(failure.body())
        .append(failure.errorCode().orElse(""))
        .append(failure.requestId().orElse("").replace("(hidden)", ""))
        .append(failure.headers().toString());
    String base64 =
        Base64.getEncoder().encodeToString(("me:" + secret).getBytes(StandardCharsets.UTF_8));
    for (String form :
        new String[] {secret, slashesEscaped(secret), everyCharacterEscaped(secret), base64}) {
      assertFalse(told.toString().contains(form), told.toString());
    }
  }

  @Test
  void aPasswordIsHiddenInWhateverFormItComesBack() {
    push("1.0");
    try (OciRegistry loggedIn = builder().basic("me", PASSWORD).build()) {
      emulator.failNext("GET", "/manifests/", 1, echo(PASSWORD));

      var failure =
          assertThrows(PermissionDeniedException.class, () -> loggedIn.getTag(APP, "1.0"));

      assertTellsNothingOf(failure, PASSWORD);
      assertEquals("NO_(hidden)", failure.errorCode().orElseThrow());
    }
  }

  @Test
  void aPasswordIsHiddenInATypeThatAServerMakesOfIt() {
    try (OciRegistry loggedIn = builder().basic("me", "canary-4711").build()) {
      emulator.failNext(
          "GET",
          "/manifests/",
          1,
          Fault.status(200).withHeader("Content-Type", "application/canary-4711"));

      var failure =
          assertThrows(InvalidResponseException.class, () -> loggedIn.getManifest(APP, "1.0"));

      assertEquals(
          "get tag 1.0 of shop/app failed: the registry sent no manifest but"
              + " application/(hidden)",
          failure.getMessage());
    }
  }

  /** Before anything but the question at /v2/ was sent. */
  @Test
  void aPasswordIsHiddenBeforeItWasSent() {
    try (OciRegistry loggedIn = builder().basic("me", PASSWORD).build()) {
      emulator.failNext(3, Fault.json(503, "{\"errors\":[{\"message\":\"" + PASSWORD + "\"}]}"));

      assertTellsNothingOf(
          assertThrows(RegistryServiceException.class, () -> loggedIn.getTag(APP, "1.0")),
          PASSWORD);
    }
  }

  @Test
  void thePasswordIsHiddenWhereOnlyTheTokenWasSent() {
    push("1.0");
    emulator.requireBearer("me", PASSWORD);
    try (OciRegistry loggedIn = builder().basic("me", PASSWORD).build()) {
      emulator.failNext("GET", "/manifests/", 1, echo(PASSWORD));

      assertTellsNothingOf(
          assertThrows(PermissionDeniedException.class, () -> loggedIn.getTag(APP, "1.0")),
          PASSWORD);
    }
  }

  @Test
  void aTokenIsHiddenFromTheRequestsOfOtherRepositoriesToo() {
    push("1.0");
    emulator.addTag("shop/other", "1.0", TagContent.of("o").withDates(DAY, null));
    emulator.requireBearer("me", PASSWORD);
    try (OciRegistry loggedIn = builder().basic("me", PASSWORD).build()) {
      loggedIn.getTag(APP, "1.0");
      RecordedRequest last = emulator.requests().get(emulator.requests().size() - 1);
      String token = last.header("Authorization").orElseThrow().replace("Bearer ", "");
      emulator.failNext("GET", "/v2/shop/other/", 1, echo(token));

      assertTellsNothingOf(
          assertThrows(
              PermissionDeniedException.class,
              () -> loggedIn.getTag(ImageRef.of("shop/other"), "1.0")),
          token);
    }
  }

  @Test
  void theScopeThatATokenLacksIsNoWayAround() {
    try (OciRegistry loggedIn = builder().bearerToken("hush-hush").build()) {
      emulator.failNext(Fault.json(401, "{}")
          .withHeader(
              "WWW-Authenticate", "Bearer error=\"insufficient_scope\",scope=\"hush-hush\""));

      assertTellsNothingOf(
          assertThrows(PermissionDeniedException.class, () -> loggedIn.getTag(APP, "1.0")),
          "hush-hush");
    }
  }
}
