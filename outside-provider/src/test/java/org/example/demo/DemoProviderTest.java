package org.example.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.AuthenticationException;
import dev.registrykit.ImageRef;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.Registries;
import dev.registrykit.RegistryIOException;
import dev.registrykit.ServerException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.contract.Mishap;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a provider from outside does with the core as it is, on the module path and on the class path. */
class DemoProviderTest {

  private static final ImageRef APP = ImageRef.of("team/app");

  private DemoFixture fixture;
  private DemoRegistry registry;

  @BeforeEach
  void open() throws IOException {
    fixture = new DemoFixture();
    registry = (DemoRegistry) fixture.open(Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    registry.close();
    fixture.close();
  }

  /** The build runs all tests twice, and says which path it means; nothing is said elsewhere. */
  @Test
  void theTestsRunOnThePathThatTheBuildSays() {
    Module module = DemoRegistry.class.getModule();
    String path = System.getProperty("tested.path", module.isNamed() ? "module" : "class");

    assertEquals(path.equals("module") ? "org.example.demo" : null, module.getName());
    assertEquals(module.isNamed(), Registries.class.getModule().isNamed());
  }

  @Test
  void theServiceChecksTheSignatureOfTheBody() {
    fixture.server.addImage("team/app");

    assertEquals("pull-1", registry.createPullToken(APP));
    URI uri = URI.create("demo://" + fixture.server.host() + "?plain-http=true");
    Map<String, String> wrong =
        Map.of("DEMO_KEY_ID", DemoServer.KEY_ID, "DEMO_SECRET_KEY", "another");
    try (DemoRegistry stranger =
        (DemoRegistry) Registries.open(uri, wrong, HttpOptions.defaults())) {
      var failure =
          assertThrows(AuthenticationException.class, () -> stranger.createPullToken(APP));
      assertEquals(Optional.of("WRONG_SIGNATURE"), failure.errorCode());
    }
  }

  @Test
  void whatIsNotIdempotentIsSentOnce() {
    fixture.server.fail(Mishap.SERVER_ERROR, 1);
    assertThrows(ServerException.class, () -> registry.createPullToken(APP));
    fixture.server.fail(Mishap.CONNECTION_LOST, 1);
    var lost = assertThrows(RegistryIOException.class, () -> registry.createPullToken(APP));

    assertEquals(2, fixture.server.requests());
    assertTrue(lost.mayHaveTakenEffect());
    fixture.server.fail(Mishap.SERVER_ERROR, 1);
    assertEquals(0, registry.listImages().toList().size(), "reading is repeated");
  }

  @Test
  void itsOwnHeadersAreShownAndItsSecretsAreNot() {
    fixture.server.fail(Mishap.FORBIDDEN, 1);

    var failure = assertThrows(PermissionDeniedException.class, () -> registry.getImage(APP));

    assertEquals(Optional.of("request-1"), failure.requestId());
    assertTrue(failure.headers().toString().contains("node-7"), failure.headers()::toString);
    assertFalse(failure.headers().toString().contains("not to be shown"));
    assertFalse(failure.getMessage().contains(DemoServer.SECRET_KEY), failure::getMessage);
  }

  @Test
  void aMissingVariableIsNamed() {
    var failure = assertThrows(
        IllegalArgumentException.class,
        () -> Registries.open(URI.create("demo://host"), Map.of(), HttpOptions.defaults()));

    assertEquals("the variable DEMO_KEY_ID is not set", failure.getMessage());
  }
}
