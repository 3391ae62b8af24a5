package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.ImageRef;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.GithubEmulatorExtension;
import dev.registrykit.testkit.RecordedRequest;
import dev.registrykit.testsupport.FakeTime;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A registry on an emulator, which these classes share, and the requests that arrived there. */
@ResourceLock("the emulator of GithubTest")
abstract class GithubTest {

  @RegisterExtension
  static final GithubEmulatorExtension GITHUB = new GithubEmulatorExtension();

  static final String PATH = "octo-org/app";

  static final ImageRef APP = ImageRef.of(PATH);

  /** What the versions of the image are below. */
  static final String VERSIONS = "/orgs/octo-org/packages/container/app/versions";

  static final String LIST = "GET " + VERSIONS + "?page=1&per_page=100";

  static final String MANIFESTS = "/v2/octo-org/app/manifests/";

  /** One for all tests, which saves a thread and a pool a test. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().executor(Runnable::run).build();

  final FakeTime time = new FakeTime();
  GithubEmulator emulator;
  GithubRegistry registry;

  @BeforeEach
  void open() {
    emulator = GITHUB.emulator();
    emulator.faults().setClock(new ClockOf(time));
    registry = builder().build();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  /** A registry that knows whose the images are, so that nobody is asked. */
  final GithubRegistryBuilder builder() {
    return builder(TokenKind.CLASSIC);
  }

  final GithubRegistryBuilder builder(TokenKind token) {
    return GithubRegistry.builder()
        .owner("octo-org")
        .ownerKind(OwnerKind.ORGANIZATION)
        .token(emulator.token(token))
        .baseUrl(emulator.baseUrl().toString())
        .registryUrl(emulator.baseUrl().toString())
        .httpOptions(httpOptions())
        .time(time);
  }

  /** The registry's half has the machine's clock, so that nothing may wait there. */
  static HttpOptions httpOptions() {
    return HttpOptions.defaults()
        .withHttpClient(CLIENT)
        .withRetryPolicy(
            RetryPolicy.standard().withMaxAttempts(2).withBackoff(Duration.ZERO, Duration.ZERO));
  }

  /** Uses another registry from now on. */
  final void use(GithubRegistryBuilder other) {
    registry.close();
    registry = other.build();
  }

  /** Has logged in to the registry's half to read and to push, and forgets the requests for it. */
  final void loggedIn() {
    emulator.addTag("octo-org/warm", "1", dev.registrykit.testkit.TagContent.of("1"));
    emulator.clearRequests();
  }

  /** Returns the requests that arrived, without those for tokens. */
  final List<String> sent() {
    return emulator.requests().stream()
        .filter(request -> !request.rawPath().equals("/token"))
        .filter(request -> !request.rawPath().equals("/v2/"))
        .map(RecordedRequest::toString)
        .toList();
  }

  final void assertSent(String... lines) {
    assertEquals(String.join("\n", lines), String.join("\n", sent()));
  }

  final long idOf(String digest) {
    return emulator.versionId(PATH, digest);
  }

  /** The clock of a test as the emulator reads it. */
  static final class ClockOf extends Clock {

    private final FakeTime time;

    ClockOf(FakeTime time) {
      this.time = time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return time.now();
    }
  }
}
