package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.DeleteOptions;
import dev.registrykit.PermissionDeniedException;
import dev.registrykit.oci.OciRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Logging in to a real server by way of a token server. */
abstract class TokenTests extends LoginTests {

  TokenTests(ServerOfClass server) {
    super(server);
  }

  @Test
  void manyCallsAtOnceAskForOneToken() throws Exception {
    TestImage image = push(APP, "content", "1.0");
    int before = server().tokens().requestedScopes().size();
    Callable<String> call = () -> registry().resolveTag(APP, "1.0");

    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<String> digest :
          threads.invokeAll(Stream.generate(() -> call).limit(24).toList())) {
        assertEquals(image.digest(), digest.get());
      }
    } finally {
      threads.shutdownNow();
    }

    List<List<String>> requested = server().tokens().requestedScopes();
    assertEquals(
        List.of(List.of("repository:" + APP + ":pull")),
        requested.subList(before, requested.size()));
  }

  /** These servers answer a missing permission with 401, {@code insufficient_scope}, and never 403. */
  @Test
  void whoMayOnlyReadDeletesNothing() {
    TestImage image = push(APP, "content", "1.0", "latest");
    try (OciRegistry reader =
        builder(TokenServer.READER, ServerConfiguration.PASSWORD).build()) {
      assertEquals(image.digest(), reader.resolveTag(APP, "1.0"));
      assertThrows(PermissionDeniedException.class, () -> reader.deleteTag(APP, "1.0"));
      assertThrows(
          PermissionDeniedException.class,
          () -> reader.deleteTag(APP, "1.0", DeleteOptions.defaults().withForce()));
    }
    witnesses().assertTags(APP, "1.0", "latest");
    witnesses().assertBytes(image.manifest(), APP, "1.0");
  }
}
