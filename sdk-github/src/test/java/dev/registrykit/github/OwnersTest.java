package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.RegistryException;
import dev.registrykit.testkit.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of an organisation, of the token's user and of another user are asked for in three places. */
class OwnersTest extends GithubTest {

  @ParameterizedTest
  @CsvSource({
    "octo-org, ORGANIZATION, /orgs/octo-org",
    "somebody, USER, /users/somebody",
    "octo-user, TOKEN_USER, /user"
  })
  void everythingIsAskedForBelowTheOwner(String owner, OwnerKind kind, String below) {
    emulator.addAccount("somebody", false);
    ImageRef image = ImageRef.of(owner + "/app");
    String digest = emulator.addTag(image.path(), "1.0").digest();
    emulator.addTag(image.path(), "2.0");
    String app = below + "/packages/container/app";
    String version = app + "/versions/" + emulator.versionId(image.path(), digest);
    String list = "GET " + app + "/versions?page=1&per_page=100";
    use(builder().owner(owner).ownerKind(kind));

    assertEquals(
        List.of(image), registry.listImages().stream().map(i -> i.ref()).toList());
    assertEquals(image, registry.getImage(image).ref());
    assertEquals(digest, registry.getTag(image, "1.0").digest().orElseThrow());
    registry.deleteTag(image, "1.0", DeleteOptions.defaults().withForce());
    assertEquals(digest, registry.restoreTagVersion(image, "1.0"));
    registry.deleteImage(image, DeleteOptions.defaults());
    registry.restoreImage(image);

    assertEquals(
        List.of("1.0", "2.0"), emulator.tagNames(image.path()).stream().sorted().toList());
    assertEquals(
        List.of(
            "GET " + below + "/packages?package_type=container&page=1&per_page=100",
            "GET " + app,
            list,
            list,
            "GET " + version,
            "DELETE " + version,
            list + "&state=deleted",
            "POST " + version + "/restore",
            "DELETE " + app,
            "POST " + app + "/restore"),
        sent().stream().filter(line -> !line.contains(" /v2/")).toList());
  }

  private RegistryException unknownOwner(String account) {
    use(builderThatAsks());
    emulator.failNext("GET", "/users/octo-user", 1, Fault.json(200, account));
    return assertThrows(RegistryException.class, () -> registry.listImages().toList());
  }

  private GithubRegistryBuilder builderThatAsks() {
    return GithubRegistry.builder()
        .owner("octo-user")
        .token("ghp_emulatedAllScopes")
        .baseUrl(emulator.baseUrl().toString())
        .registryUrl(emulator.baseUrl().toString())
        .httpOptions(httpOptions())
        .time(time);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"login":"another","type":"User"} | another account than asked for
      {"type":"User"}                   | another account than asked for
      {"login":"octo-user"}             | account without type
      {"login":"octo-user","type":" "}  | account without type
      null                              | the answer is empty
      """)
  void anAnswerThatTellsNoOwnerIsRefused(String account, String why) {
    RegistryException e = unknownOwner(account);

    assertInstanceOf(InvalidResponseException.class, e);
    assertTrue(e.getMessage().contains(why), e::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"octo-user", "Octo-User"})
  void aLoginIsTheSameInAnyCase(String login) {
    emulator.addTag("octo-user/tool", "1.0");
    use(builderThatAsks());
    String account = "{\"login\":\"" + login + "\",\"type\":\"User\"}";
    emulator.failNext("GET", "/users/octo-user", 1, Fault.json(200, account));
    emulator.failNext("GET", "/user$", 1, Fault.json(200, account));

    assertEquals(1, registry.listImages().toList().size());

    assertTrue(
        sent().contains("GET /user/packages?package_type=container&page=1&per_page=100"),
        sent()::toString);
  }

  @Test
  void aTokenWhoseUserIsNotSaidIsAnswered() {
    use(builderThatAsks());
    emulator.failNext("GET", "/user$", 1, Fault.json(200, "null"));

    InvalidResponseException e =
        assertThrows(InvalidResponseException.class, () -> registry.listImages().toList());

    assertTrue(e.getMessage().contains("the answer is empty"), e::getMessage);
  }
}
