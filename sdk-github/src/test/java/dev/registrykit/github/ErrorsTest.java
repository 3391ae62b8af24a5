package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GitHub's refusals are to a caller. */
class ErrorsTest extends GithubTest {

  private static final String READING = "reading packages takes the scope read:packages";

  private RegistryException failure(int status, String message) {
    emulator.failNext(2, Fault.json(status, "{\"message\":\"" + message + "\"}"));
    return failure();
  }

  private RegistryException failure() {
    RegistryException e = assertThrows(RegistryException.class, () -> registry.getImage(APP));
    emulator.clearFaults();
    return e;
  }

  @ParameterizedTest
  @CsvSource({
    "400, dev.registrykit.BadRequestException",
    "401, dev.registrykit.AuthenticationException",
    "403, dev.registrykit.PermissionDeniedException",
    "404, dev.registrykit.NotFoundException",
    "409, dev.registrykit.ConflictException",
    "422, dev.registrykit.BadRequestException",
    "429, dev.registrykit.RateLimitException",
    "500, dev.registrykit.ServerException",
    "503, dev.registrykit.ServerException"
  })
  void eachStatusIsADecisionThatACallerCanTake(int status, Class<?> expected) {
    RegistryException e = failure(status, "because");

    assertEquals(expected, e.getClass());
    assertEquals(status, ((RegistryServiceException) e).statusCode());
    assertTrue(
        e.getMessage().startsWith("get image octo-org/app failed: HTTP " + status), e::getMessage);
    assertTrue(e.getMessage().contains("because"), e::getMessage);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      You cannot delete the last tagged version of a package.       | dev.registrykit.github.LastVersionException
      you CANNOT DELETE THE LAST VERSION of it                      | dev.registrykit.github.LastVersionException
      You cannot delete the last tag.                               | dev.registrykit.BadRequestException
      A version was the last                                        | dev.registrykit.BadRequestException
      Public versions with more than 5000 downloads cannot be deleted. | dev.registrykit.github.DownloadLimitException
      DOWNLOADS: it CANNOT BE DELETED                               | dev.registrykit.github.DownloadLimitException
      The downloads are many.                                       | dev.registrykit.BadRequestException
      It cannot be deleted.                                         | dev.registrykit.BadRequestException
      """)
  void theRulesOfGithubAreToldFromOtherRefusalsByTheirWords(String message, Class<?> expected) {
    assertEquals(expected, failure(400, message).getClass());
  }

  @Test
  void aRefusalSaysWhatTheTokenNeeds() {
    assertTrue(failure(400, "no").getMessage().contains("no; " + READING));
    assertTrue(failure(403, "no").getMessage().contains("no; " + READING));
    emulator.failNext(Fault.status(403));
    assertTrue(failure().getMessage().contains("HTTP 403: " + READING));
  }

  @ParameterizedTest
  @CsvSource({
    "'repo, read:packages', '; this one has repo, read:packages'",
    "'', '; this one has none'",
    "' ', '; this one has none'"
  })
  void theScopesThatATokenHasAreSaid(String scopes, String said) {
    emulator.failNext(Fault.json(403, "{\"message\":\"no\"}").withHeader("X-OAuth-Scopes", scopes));

    String message = failure().getMessage();

    assertTrue(message.contains("authorised the token" + said), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b>all</b>", "repo; drop", "REPO"})
  void whatIsNoListOfScopesIsNotSaid(String scopes) {
    emulator.failNext(Fault.json(403, "{\"message\":\"no\"}").withHeader("X-OAuth-Scopes", scopes));

    String message = failure().getMessage();

    assertFalse(message.contains("this one has"), message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Package not found. | https://docs.github.com/rest/packages/packages       | true
      Not Found          | https://docs.github.com/rest/packages/packages#get-a-package | true
      Package not found. | https://docs.github.com/en/rest/packages             | true
      package not found. | https://docs.github.com/rest/packages/packages       | false
      Package not found. | https://docs.github.com/rest                         | false
      Package not found. | https://docs.example.org/rest/packages/packages      | false
      Package not found. | https://docs.github.com/rest#/packages/packages      | false
      Package not found. | https://docs.github.com/rest/packagesandmore         | false
      """)
  void anImageIsMissingByGithubsOwnWordsAlone(String message, String page, boolean isBelieved) {
    emulator.failNext(Fault.json(
        404, "{\"message\":\"" + message + "\",\"documentation_url\":\"" + page + "\"}"));

    RegistryException e = failure();

    assertEquals(isBelieved ? ImageNotFoundException.class : NotFoundException.class, e.getClass());
    assertEquals(!isBelieved, e.getMessage().contains("this does not prove that it is missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"Package not found.\"", "null", "<html>"})
  void whatIsNoRefusalOfGithubsProvesNothing(String body) {
    emulator.failNext(Fault.json(404, body));

    assertEquals(NotFoundException.class, failure().getClass());
  }

  @Test
  void aMissingImageOfATagIsNoMissingTag() {
    emulator.addTag("octo-org/other", "1.0");

    ImageNotFoundException e =
        assertThrows(ImageNotFoundException.class, () -> registry.getTag(APP, "1.0"));

    assertEquals(APP, e.image());
  }

  @Test
  void aWorkflowsTokenHearsOfPermissions() {
    use(builder(TokenKind.WORKFLOW));

    String message = failure(403, "Resource not accessible by integration").getMessage();

    assertTrue(message.contains("the token of a workflow (ghs_…) needs the permission"), message);
  }

  @Test
  void aChangeThatIsAnsweredWithABodyIsNotBelieved() {
    emulator.addTag(PATH, "1.0");
    emulator.failNext("DELETE", "", 1, Fault.html());

    InvalidResponseException e = assertThrows(
        InvalidResponseException.class,
        () -> registry.deleteImage(APP, dev.registrykit.DeleteOptions.defaults()));

    assertTrue(e.getMessage().contains("this answer has a body"), e::getMessage);
    assertEquals(List.of("1.0"), emulator.tagNames(PATH));
  }

  @Test
  void anAnswerWithoutAnImageIsRefused() {
    emulator.failNext(Fault.json(200, "null"));

    assertTrue(failure().getMessage().contains("the answer is empty"));
  }

  @Test
  void theTokenIsHiddenWhereAnAnswerSaysItBack() {
    String token = emulator.token(TokenKind.CLASSIC);

    RegistryServiceException e = (RegistryServiceException) failure(500, "no such token: " + token);

    assertTrue(e.getMessage().contains("no such token: "), e::getMessage);
    assertFalse((e + e.body()).contains(token), e::getMessage);
  }
}
