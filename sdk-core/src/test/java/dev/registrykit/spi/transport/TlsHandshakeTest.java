package dev.registrykit.spi.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.RegistryIOException;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testsupport.FakeTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsHandshakeTest {

  /** As a load balancer does that is about to restart. */
  @Test
  void aConnectionThatIsCutDuringTheHandshakeIsTriedAgain() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      startClosingEveryConnectionTo(server);
      URI baseUrl = URI.create("https://127.0.0.1:" + server.getLocalPort());
      try (Transport transport = new Transport(
          ServiceTraits.of(baseUrl, "test"), HttpOptions.defaults(), new FakeTime())) {

        RegistryIOException e = assertThrows(
            RegistryIOException.class,
            () -> transport.send(
                TransportFixture.CHANGE_TAGS, TransportFixture.request("DELETE", baseUrl)));

        assertTrue(e.getMessage().endsWith("(3 attempts)"), e.getMessage());
      }
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsNotTriedAgain(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    SelfSigned.makeKeys(keys);
    SSLContext tls = SelfSigned.tls(keys);
    try (ServerSocket server =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      startClosingEveryConnectionTo(server);
      URI baseUrl = URI.create("https://localhost:" + server.getLocalPort());
      try (Transport transport = new Transport(
          ServiceTraits.of(baseUrl, "test"), HttpOptions.defaults(), new FakeTime())) {

        RegistryIOException e = assertThrows(
            RegistryIOException.class,
            () -> transport.send(
                TransportFixture.LIST_TAGS, TransportFixture.request("GET", baseUrl)));

        assertTrue(
            e.getMessage().contains("the certificate of localhost is not trusted"), e.getMessage());
        assertFalse(e.getMessage().contains("attempts"), e.getMessage());
      }
    }
  }

  private static void startClosingEveryConnectionTo(ServerSocket server) {
    Thread thread = new Thread(() -> {
      while (!server.isClosed()) {
        try {
          finish(server.accept());
        } catch (IOException e) {
          return; // the test is over
        }
      }
    });
    thread.setDaemon(true);
    thread.start();
  }

  private static void finish(Socket connection) throws IOException {
    try (connection) {
      if (connection instanceof SSLSocket tls) {
        tls.startHandshake();
      }
    } catch (SSLException e) {
      connection.close(); // the client does not trust us
    }
  }
}
