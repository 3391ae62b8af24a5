package dev.registrykit.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryIOException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with a bad certificate gets no request, and so neither a credential nor a deletion. */
@ResourceLock(TrustedAuthority.LOCK)
class CertificatesTest {

  private static final AtomicInteger CLIENTS = new AtomicInteger();

  @RegisterExtension
  static final TrustedAuthority AUTHORITY = new TrustedAuthority();

  private static String expectedWords(Certificates.Kind kind) {
    return switch (kind) {
      case EXPIRED -> "the certificate of 127.0.0.1 has expired (NotAfter: ";
      case NOT_YET_VALID -> "the certificate of 127.0.0.1 is not valid yet (NotBefore: ";
      case WRONG_HOST -> "the certificate of 127.0.0.1 is refused: ";
      case SELF_SIGNED ->
        "the certificate of 127.0.0.1 is not trusted: add the authority that signed it to this JVM's"
            + " trust store (javax.net.ssl.trustStore)";
      case GOOD -> throw new AssertionError();
    };
  }

  @ParameterizedTest
  @EnumSource
  void aServerWithABadCertificateGetsNoRequest(Sites which) throws Exception {
    assertNoRequests(which.start());
  }

  private static <R extends Registry> void assertNoRequests(Site<R> site) throws Exception {
    try (site) {
      site.fill();
      Map<String, String> state = new TreeMap<>(site.state());
      for (Certificates.Kind kind : Certificates.Kind.values()) {
        if (kind != Certificates.Kind.GOOD) {
          assertNoRequest(site, kind);
        }
      }
      assertEquals(state, new TreeMap<>(site.state()));
    }
  }

  private static <R extends Registry> void assertNoRequest(Site<R> site, Certificates.Kind kind)
      throws Exception {
    List<Consumer<R>> calls = List.of(
        registry -> registry.listTags(site.image).toList(),
        registry -> registry.getTag(site.image, "1.0"),
        registry -> registry.deleteTag(site.image, "1.0"),
        registry -> registry.deleteImage(site.image, DeleteOptions.defaults()));
    try (Http2Proxy proxy =
        new Http2Proxy(site.address(), AUTHORITY.certificates().ofServer(kind))) {
      for (Consumer<R> call : calls) {
        proxy.start(Http2Proxy.Order.NONE);
        try (R registry = site.open(proxy.url(site.address()), options())) {
          assertRefused(kind, assertThrows(RegistryException.class, () -> call.accept(registry)));
        }
        assertEquals(List.of(), proxy.requests(), "what the server got to see");
        assertEquals(1, proxy.accepted(), "a bad certificate is no better a moment later");
      }
    }
  }

  private static void assertRefused(Certificates.Kind kind, RegistryException e) {
    assertInstanceOf(RegistryIOException.class, e);
    assertFalse(e.mayHaveTakenEffect());
    assertTrue(e.getMessage().contains(expectedWords(kind)), e.getMessage());
    assertInstanceOf(SSLHandshakeException.class, e.getCause());
  }

  @ParameterizedTest
  @EnumSource
  void aServerWithAGoodOneGetsThem(Sites which) throws Exception {
    assertAnswered(which.start(), which.clients());
  }

  private static <R extends Registry> void assertAnswered(Site<R> site, int connections)
      throws Exception {
    try (site;
        Http2Proxy proxy = new Http2Proxy(
            site.address(), AUTHORITY.certificates().ofServer(Certificates.Kind.GOOD))) {
      site.fill();
      try (R registry = site.open(proxy.url(site.address()), options())) {
        assertEquals("1.0", registry.getTag(site.image, "1.0").name());
        registry.deleteTag(site.image, "1.0");
      }
      assertFalse(site.state().containsKey("1.0"));
      assertEquals(connections, proxy.accepted(), "one connection of a client serves all");
    }
  }

  /** A client of the SDK's own that no other test has used. */
  private static HttpOptions options() {
    return HttpOptions.defaults()
        .withConnectTimeout(Duration.ofSeconds(15).plusNanos(CLIENTS.incrementAndGet()))
        .withRetryPolicy(RetryPolicy.standard().withBackoff(Duration.ZERO, Duration.ZERO));
  }
}
