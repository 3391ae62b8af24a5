package dev.registrykit.oci.internal.auth.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.oci.internal.auth.Login;
import dev.registrykit.oci.internal.auth.LoginUnavailableException;
import dev.registrykit.oci.internal.auth.TokenLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats of files, and in which order they are asked. */
class AuthFileTest {

  private static final String HOST = "registry.example.org";

  @TempDir
  Path home;

  private StoredFiles files;

  @BeforeEach
  void start() {
    files = new StoredFiles(home);
  }

  private Optional<Login> find(String host, String repository) throws InterruptedException {
    return StoredLogins.of(files.environment).find(host, repository, Duration.ofSeconds(5));
  }

  private Optional<Login> find() throws InterruptedException {
    return find(HOST, "team/app");
  }

  private static Optional<Login> basic(String user, String password) {
    return Optional.of(Login.basic(user, password));
  }

  @Test
  void withoutAnyFileThereIsNoLogin() throws Exception {
    assertEquals(Optional.empty(), find());
  }

  @Test
  void aPasswordMayHaveColonsAndAnyLetters() throws Exception {
    files.docker(StoredFiles.auths(HOST, "lisa:p\u00e4ss:w\u00f6rd:"));

    assertEquals(basic("lisa", "p\u00e4ss:w\u00f6rd:"), find());
  }

  @Test
  void zeroBytesThatFillUpThePasswordAreCut() throws Exception {
    files.docker(StoredFiles.auths(HOST, "lisa:secret\0\0"));

    assertEquals(basic("lisa", "secret"), find());
  }

  @Test
  void nameAndPasswordMayStandApart() throws Exception {
    files.docker("{\"auths\":{\"" + HOST + "\":{\"username\":\"lisa\",\"password\":\"p:w\"}}}");

    assertEquals(basic("lisa", "p:w"), find());
  }

  @Test
  void anIdentityTokenIsToldFromAPassword() throws Exception {
    files.docker("{\"auths\":{\"" + HOST + "\":{\"identitytoken\":\"id\",\"auth\":\"\"}}}");
    assertEquals(Optional.of(Login.identityToken("id")), find());

    // the Azure CLI writes a user of zeros and no password beside the token
    files.docker("{\"auths\":{\"" + HOST
        + "\":{\"auth\":\"MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwOg==\","
        + "\"identitytoken\":\"id\"}}}");
    assertEquals(
        Optional.of(new Login.IdentityToken("00000000-0000-0000-0000-000000000000", "id")), find());
  }

  @Test
  void aTokenForTheRegistryComesBeforeAllElse() throws Exception {
    files.docker("{\"auths\":{\"" + HOST
        + "\":{\"registrytoken\":\"rt\",\"identitytoken\":\"id\",\"username\":\"u\"}}}");

    assertEquals(Optional.of(Login.bearer("rt")), find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example.org",
        "REGISTRY.example.org",
        "https://registry.example.org",
        "https://registry.example.org/v1/",
        "http://registry.example.org/v2/",
        "registry.example.org/",
      })
  void aKeyMayBeAHostOrTheUrlOfAnApi(String key) throws Exception {
    files.docker(StoredFiles.auths(key, "lisa:secret"));

    assertEquals(basic("lisa", "secret"), find());
    assertEquals(basic("lisa", "secret"), find(HOST, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "registry.example.org:443",
        "registry.example.org.attacker.net",
        "registry.example.com",
        "registry.example.org/team/other",
        "registry.example.org/te",
        "registry.example.org/team/app/below",
      })
  void aLoginOfAnotherPlaceIsNotTaken(String key) throws Exception {
    files.docker(StoredFiles.auths(key, "lisa:secret"));

    assertEquals(Optional.empty(), find());
  }

  @Test
  void aPortIsAPartOfTheHost() throws Exception {
    files.docker(StoredFiles.auths("localhost:5000", "lisa:secret"));

    assertEquals(basic("lisa", "secret"), find("localhost:5000", "app"));
    assertEquals(Optional.empty(), find("localhost", "app"));
    assertEquals(Optional.empty(), find("localhost:5001", "app"));
  }

  @Test
  void ofTwoKeysForTheSameThePlainOneCounts() throws Exception {
    files.docker("{\"auths\":{\"https://" + HOST + "/v1/\":" + StoredFiles.auth("a:1") + ",\""
        + HOST + "\":" + StoredFiles.auth("b:2") + ",\"http://" + HOST + "\":"
        + StoredFiles.auth("c:3") + "}}");

    assertEquals(basic("b", "2"), find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://index.docker.io/v1/",
        "index.docker.io/v1/",
        "index.docker.io",
        "docker.io",
        "registry-1.docker.io",
        "https://registry.hub.docker.com/v2/",
      })
  void dockerHubHasManyNames(String key) throws Exception {
    files.docker(StoredFiles.auths(key, "lisa:secret"));

    for (String host : new String[] {
      "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"
    }) {
      assertEquals(basic("lisa", "secret"), find(host, "library/nginx"), host);
    }
    assertEquals(Optional.empty(), find("auth.docker.io", ""));
    assertEquals(Optional.empty(), find("hub.docker.com", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "team/app/a, image",
    "team/app, image",
    "team/tool, space",
    "team, space",
    "other, host",
    "teamwork, host",
    "'', host",
  })
  void ofNamespacesTheMostSpecificCounts(String repository, String user) throws Exception {
    files.write(
        ".config/containers/auth.json",
        "{\"auths\":{\"" + HOST + "\":"
            + StoredFiles.auth("host:1") + ",\"" + HOST + "/team\":" + StoredFiles.auth("space:2")
            + ",\"" + HOST + "/team/app\":" + StoredFiles.auth("image:3") + "}}");

    assertEquals(user, ((Login.Basic) find(HOST, repository).get()).user());
  }

  @Test
  void aNamespaceOfDockerHubIsFoundUnderItsOtherNames() throws Exception {
    files.docker(StoredFiles.auths("docker.io/team", "lisa:secret"));

    assertEquals(basic("lisa", "secret"), find("registry-1.docker.io", "team/app"));
    assertEquals(Optional.empty(), find("registry-1.docker.io", "library/nginx"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"auth\":\"\"}", "{\"auth\":\"Og==\"}"}) // a colon
  void anEmptyEntryIsNoLogin(String entry) throws Exception {
    files.docker("{\"auths\":{\"" + HOST + "/team\":" + entry + ",\"" + HOST + "\":"
        + StoredFiles.auth("lisa:secret") + "}}");

    assertEquals(basic("lisa", "secret"), find());
  }

  @Test
  void theFilesAreAskedInPodmansOrder() throws Exception {
    files.environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
    files.environment.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    Path[] inOrder = {
      files.write("run/containers/auth.json", StoredFiles.auths(HOST, "runtime:1")),
      files.write("xdg/containers/auth.json", StoredFiles.auths(HOST, "config:2")),
      files.docker(StoredFiles.auths(HOST, "docker:3")),
      files.write(".dockercfg", "{\"https://" + HOST + "/v1/\":" + StoredFiles.auth("old:4") + "}"),
    };

    for (String user : new String[] {"runtime", "config", "docker", "old"}) {
      assertEquals(user, ((Login.Basic) find().get()).user());
      Files.delete(inOrder["runtime,config,docker,old".indexOf(user) / 7]);
    }
    assertEquals(Optional.empty(), find());
  }

  @Test
  void aFolderNamedForDockerComesFirstAndReplacesTheUsualOne() throws Exception {
    files.environment.put("DOCKER_CONFIG", home.resolve("named").toString());
    files.write(".config/containers/auth.json", StoredFiles.auths(HOST, "podman:1"));
    files.docker(StoredFiles.auths("other.example.org", "usual:2"));
    files.write("named/config.json", StoredFiles.auths(HOST, "named:3"));

    assertEquals(basic("named", "3"), find());
    assertEquals(Optional.empty(), find("other.example.org", ""));
  }

  @Test
  void aFileNamedByRegistryAuthFileIsTheOnlyOne() throws Exception {
    files.docker(StoredFiles.auths("other.example.org", "usual:2"));
    files.environment.put(
        "REGISTRY_AUTH_FILE",
        files.write("named.json", StoredFiles.auths(HOST, "named:1")).toString());

    assertEquals(basic("named", "1"), find());
    assertEquals(Optional.empty(), find("other.example.org", ""));
  }

  @Test
  void aFileThatIsNamedButMissingIsAnError() {
    files.docker(StoredFiles.auths(HOST, "usual:2"));
    files.environment.put("REGISTRY_AUTH_FILE", home.resolve("missing.json").toString());

    assertTrue(problem().contains("missing.json"));
  }

  @Test
  void anEmptyVariableNamesNothing() throws Exception {
    files.docker(StoredFiles.auths(HOST, "usual:2"));
    for (String name : new String[] {"REGISTRY_AUTH_FILE", "DOCKER_CONFIG", "XDG_CONFIG_HOME"}) {
      files.environment.put(name, "");
    }

    assertEquals(basic("usual", "2"), find());
  }

  @Test
  void aVariableThatHoldsNoPathIsNamed() {
    files.environment.put("XDG_RUNTIME_DIR", "a\0b");

    assertEquals("XDG_RUNTIME_DIR does not hold a path", problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cr3t",
        "[\"s3cr3t\"]",
        "{\"auths\":{}} s3cr3t",
        "{\"auths\":[\"s3cr3t\"]}",
        "{\"auths\":\"s3cr3t\"}",
        "{\"auths\":{\"registry.example.org\":{\"auth\":\"s3cr3t!\"}}}",
        "{\"auths\":{\"registry.example.org\":{\"auth\":\"czNjcjN0\"}}}", // no colon
        "{\"auths\":{\"registry.example.org\":{\"auth\":\"OnMzY3IzdA==\",\"username\":\"s3cr3t:\"}},"
            + "\"credHelpers\":7}",
        "{\"auths\":{\"registry.example.org\":{\"username\":\"s3cr3t:x\"}}}",
        "{\"auths\":{\"registry.example.org\":{\"registrytoken\":\"s3cr3t\\n\"}}}",
        "{\"auths\":{\"registry.example.org\":{\"identitytoken\":\"s3cr3t\\n\"}}}",
      })
  void aMalformedFileIsNamedAndNotQuoted(String text) {
    Path file = files.docker(text);

    LoginUnavailableException e = assertThrows(LoginUnavailableException.class, this::find);

    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    TokenLab.assertTellsNothing(e, "s3cr3t", "czNjcjN0", "OnMzY3IzdA");
  }

  @Test
  void aFileThatIsNotUtf8IsNamed() throws Exception {
    Path file = files.docker("");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

    assertTrue(problem().endsWith(file + " is not UTF-8"), problem());
  }

  @Test
  void aFileOfMoreThanAMebibyteIsNotRead() throws Exception {
    String file = StoredFiles.auths(HOST, "lisa:secret");
    String full = file + " ".repeat(1024 * 1024 - file.length());
    files.docker(full);
    assertEquals(basic("lisa", "secret"), find());

    files.docker(full + " ");
    assertTrue(problem().endsWith("is larger than 1 MiB"), problem());
  }

  @Test
  void aFolderInThePlaceOfTheFileIsNamed() throws Exception {
    Files.createDirectories(home.resolve(".docker/config.json"));

    assertTrue(problem().endsWith("is missing or not a file"), problem());
  }

  @Test
  void whatOthersWriteIntoTheFileDoesNotMatter() throws Exception {
    files.docker(
        "{\"HttpHeaders\":{\"a\":\"b\"},\"credsStore\":null,\"credHelpers\":null," + "\"auths\":{\""
            + HOST + "\":{\"auth\":\"bGlzYTpzZWNyZXQ=\",\"registrytoken\":null}},\"z\":[]}");

    assertEquals(basic("lisa", "secret"), find());
  }

  /** Nor that of the user whom the JVM runs as: variables that are given are all there is to know. */
  @Test
  void noHomeDirectoryIsLookedIntoThatTheVariablesDoNotName() throws Exception {
    files.docker(StoredFiles.auths("reg.example", "lisa:secret"));
    String before = System.setProperty("user.home", home.toString());
    try {
      assertTrue(find("reg.example", "").isPresent());
      files.environment.remove("HOME");
      assertEquals(Optional.empty(), find("reg.example", ""));
      files.environment.put("USERPROFILE", home.toString());
      assertTrue(find("reg.example", "").isPresent());
    } finally {
      System.setProperty("user.home", before);
    }
  }

  @Test
  void nothingIsReadBeforeALoginIsNeeded() {
    files.docker("no JSON");

    assertEquals("stored logins", StoredLogins.of(files.environment).toString());
  }

  @Test
  void nullIsRefused() {
    assertThrows(NullPointerException.class, () -> StoredLogins.of(null));
  }

  private String problem() {
    return assertThrows(LoginUnavailableException.class, this::find).getMessage();
  }

  @Test
  @Timeout(30) // the square of the length would take hours
  void whatFillsUpAPasswordOrAKeyIsReadInProportionToItsLength() throws Exception {
    String password = "p" + "\0".repeat(200_000) + "x";
    files.docker(StoredFiles.auths(HOST, "lisa:" + password));
    assertEquals(basic("lisa", password), find());

    String key = "https://" + HOST + "/".repeat(500_000);
    assertEquals(HOST + "x", StoredNames.ofKey("https://" + HOST + "x" + "/".repeat(9), false));
    assertEquals(HOST, StoredNames.ofKey(key + "x", true));
  }

  @Test
  void theUserOfAnIdentityTokenIsCheckedLikeAnyOther() {
    files.docker("{\"auths\":{\"" + HOST
        + "\":{\"auth\":\"PhRva2VuPjo=\",\"identitytoken\":\"id\"}}}"); // it has a control
    // character

    assertThrows(LoginUnavailableException.class, this::find);
  }
}
