package dev.registrykit.oci.real;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.registrykit.ImageRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everybody who can say what is on a server without the SDK: bare HTTP and the independent clients. */
final class Witnesses {

  private final RawRegistry raw;
  private final List<IndependentClient> clients;

  Witnesses(RegistryServer server) {
    this.raw = new RawRegistry(server);
    this.clients = IndependentClient.installed(server);
  }

  /** Returns the clients; skips the test if there is none. */
  List<IndependentClient> clients() {
    assumeFalse(clients.isEmpty(), "no independent client is installed");
    return clients;
  }

  void assertTags(ImageRef image, String... expected) {
    Set<String> names = Set.of(expected);
    assertEquals(names, Set.copyOf(raw.tagNames(image.path())), "tags over bare HTTP");
    for (IndependentClient client : clients()) {
      assertEquals(names, client.tagNames(image.path()), "tags seen by " + client);
    }
  }

  void assertBytes(byte[] expected, ImageRef image, String tagOrDigest) {
    assertArrayEquals(
        expected,
        raw.manifest(image.path(), tagOrDigest).orElse(null),
        "bytes of " + tagOrDigest + " over bare HTTP");
    for (IndependentClient client : clients()) {
      assertArrayEquals(
          expected,
          client.manifest(image.path(), tagOrDigest).orElse(null),
          "bytes of " + tagOrDigest + " seen by " + client);
    }
  }

  void assertMissing(ImageRef image, String tagOrDigest) {
    assertEquals(Optional.empty(), raw.manifest(image.path(), tagOrDigest), "over bare HTTP");
    for (IndependentClient client : clients()) {
      assertFalse(
          client.manifest(image.path(), tagOrDigest).isPresent(),
          () -> client + " still sees " + tagOrDigest);
    }
  }
}
