package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryTimeoutException;
import dev.registrykit.ServerException;
import dev.registrykit.WaitOptions;
import dev.registrykit.testkit.Fault;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering an image to build or to import, and waiting for it. */
class CreateImageTest extends BlaxelTest {

  private static final CreateImageOptions PLAIN = CreateImageOptions.of(APP);

  @Test
  void anUploadHasAnAddress() {
    CreatedImage created =
        registry.createImage(CreateImageOptions.of(ImageRef.of("sandboxes/app")).withUpload());

    assertEquals(APP, created.image());
    assertEquals(
        Optional.of(URI.create("https://uploads.example/app?signature=emulator")),
        created.uploadUrl());
    assertEquals(BuildState.BUILDING, created.buildState());
    assertSent("POST /images?upload=true");
    assertEquals(
        "{\"resourceType\":\"sandbox\",\"name\":\"app\"}", lastRequest().body());
    assertEquals(List.of("sandbox/app"), emulator.imagePaths());
  }

  @Test
  void theAddressIsNotShown() {
    CreatedImage created = registry.createImage(PLAIN.withUpload());

    assertEquals("CreatedImage[image=sandbox/app, uploadUrl=redacted]", created.toString());
  }

  @Test
  void anImageIsImported() {
    CreatedImage created = registry.createImage(PLAIN
        .withImportedImage("docker.io/library/nginx:1")
        .withDockerConfig("{\"auths\":{}}")
        .withGeneration("mk3")
        .withMemoryMib(2048)
        .withVolumeMib(4096));

    assertEquals(Optional.empty(), created.uploadUrl());
    assertEquals(Optional.of("docker.io/library/nginx:1"), created.imageReference());
    assertSent("POST /images");
    assertEquals(
        text(
            "{\"resourceType\":\"sandbox\",\"name\":\"app\",\"generation\":\"mk3\",",
            "\"image\":\"docker.io/library/nginx:1\",\"dockerConfig\":\"{\\\"auths\\\":{}}\",",
            "\"memoryMb\":2048,\"volumeMb\":4096}"),
        lastRequest().body());
  }

  @Test
  void anImageIsRegisteredOnly() {
    assertEquals(
        BuildState.NOT_BUILDING, registry.createImage(PLAIN.withoutBuild()).buildState());
    assertSent("POST /images?skip-build=true");
  }

  @Test
  void whatTheServiceDoesNotSayOfTheBuildIsNoNo() {
    answerNext("{\"name\":\"app\",\"resourceType\":\"sandbox\"}");

    assertEquals(BuildState.NOT_SAID, registry.createImage(PLAIN).buildState());
  }

  @Test
  void whatContradictsItselfIsRefused() {
    CreateImageOptions imported = PLAIN.withImportedImage("nginx");

    assertThrows(IllegalArgumentException.class, imported::withUpload);
    assertThrows(
        IllegalArgumentException.class, () -> PLAIN.withUpload().withImportedImage("nginx"));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withMemoryMib(0));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withVolumeMib(-1));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withDockerConfig(" "));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withImportedImage("a\nb"));
    assertThrows(
        IllegalArgumentException.class,
        () -> CreateImageOptions.of(ImageRef.parse("sandbox/app:1.0")));
    assertThrows(
        IllegalArgumentException.class,
        () -> registry.createImage(CreateImageOptions.of(ImageRef.of("app"))));
    assertNothingSent();
  }

  @Test
  void theCredentialsOfTheImportAreNotShown() {
    CreateImageOptions options = PLAIN.withDockerConfig("{\"hush\":1}");

    assertFalse(options.toString().contains("hush"), options.toString());
    assertTrue(options.toString().contains("dockerConfig=redacted"));
    assertEquals(options, PLAIN.withDockerConfig("{\"hush\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hush-token", "hush-password", "aW06aHVzaC1wYXNzd29yZA==", "im:hush-password"})
  void theCredentialsOfTheImportAreHiddenWhereTheServiceSaysThemBack(String secret) {
    emulator.failNext(
        Fault.json(400, "{\"error\":\"cannot log in with " + secret + " there\",\"code\":400}"));

    var failure = assertThrows(
        BadRequestException.class,
        () -> registry.createImage(PLAIN
            .withImportedImage("nginx")
            .withDockerConfig(text(
                "{\"auths\":{\"docker.io\":{\"auth\":\"aW06aHVzaC1wYXNzd29yZA==\"},",
                "\"ghcr.io\":{\"identitytoken\":\"hush-token\"}}}"))));

    assertFalse((failure + failure.body()).contains("hush"), failure.toString());
    assertFalse((failure + failure.body()).contains("aHVzaC1wYXNzd29yZA"), failure.toString());
  }

  @Test
  void credentialsOfAnotherFormAreHiddenAsAWhole() {
    emulator.failNext(Fault.json(400, "{\"error\":\"what is user:hush?\",\"code\":400}"));

    var failure = assertThrows(
        BadRequestException.class,
        () -> registry.createImage(PLAIN.withImportedImage("nginx").withDockerConfig("user:hush")));

    assertFalse((failure + failure.body()).contains("hush"), failure.toString());
  }

  @Test
  void creatingIsNeverRepeated() {
    emulator.failNext(Fault.status(503));

    assertThrows(ServerException.class, () -> registry.createImage(PLAIN));
    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aRefusalIsABadRequest() {
    emulator.failNext(Fault.json(400, "{\"error\":\"image used\",\"code\":400}"));

    var failure = assertThrows(BadRequestException.class, () -> registry.createImage(PLAIN));

    assertEquals(BadRequestException.class, failure.getClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{\"name\":\"app\"}"})
  void anAnswerWithoutWhatWasAskedForIsInvalid(String json) {
    answerNext(json);

    assertThrows(InvalidResponseException.class, () -> registry.createImage(PLAIN.withUpload()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "http://", "a b", "/path"})
  void anAddressThatIsNoneIsInvalidAndNotQuoted(String url) {
    emulator.failNext(Fault.json(200, "{\"name\":\"app\"}").withHeader("X-Blaxel-Upload-Url", url));

    var failure = assertThrows(
        InvalidResponseException.class, () -> registry.createImage(PLAIN.withUpload()));

    assertEquals(
        "create image sandbox/app failed: the address to upload to is none", failure.getMessage());
    assertEquals(null, failure.getCause());
  }

  // Waiting

  @Test
  void theBuildIsWaitedFor() {
    emulator.setBuildReads(2);
    registry.createImage(PLAIN);
    emulator.clearRequests();

    BlaxelImage built = registry.waitUntilBuilt(APP, WaitOptions.defaults());

    assertEquals("BUILT", built.status().text());
    assertSent("GET /images/sandbox/app", "GET /images/sandbox/app", "GET /images/sandbox/app");
    assertEquals(2, time.sleeps().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BUILT", "built", "DEPLOYED", "DEPLOYING"})
  void whatIsBuiltIsNotWaitedFor(String status) {
    emulator.setStatus("sandbox/app", status);

    registry.waitUntilBuilt(APP, WaitOptions.defaults());

    assertEquals(1, emulator.requestCount());
  }

  @Test
  void aBuildThatFailsEndsTheWait() {
    emulator.setBuildReads(1);
    emulator.faults().setBuildsFail(true);
    registry.createImage(PLAIN);

    var failure = assertThrows(
        ConflictException.class, () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()));

    assertEquals(
        "wait until image sandbox/app is built failed: its state is FAILED", failure.getMessage());
  }

  @Test
  void aBuildWithoutEndIsATimeout() {
    emulator.setStatus("sandbox/app", "SOME_NEW_STATE");

    assertThrows(
        RegistryTimeoutException.class, () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()));
    assertTrue(emulator.requestCount() > 3);
  }

  @Test
  void aMissingImageIsNotWaitedFor() {
    assertThrows(
        ImageNotFoundException.class, () -> registry.waitUntilBuilt(APP, WaitOptions.defaults()));
  }

  @Test
  void bothGenerationsBuild() {
    older().createImage(PLAIN);

    assertEquals(
        "BUILT", registry.waitUntilBuilt(APP, WaitOptions.defaults()).status().text());
    assertEquals(List.of("sandbox/app"), emulator.imagePaths());
  }
}
