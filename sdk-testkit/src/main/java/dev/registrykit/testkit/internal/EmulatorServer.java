package dev.registrykit.testkit.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.URI;

/** WireMock on a free port of the loopback interface, speaking HTTP/1.1 only. */
public final class EmulatorServer {
  private static final String LOOPBACK = "127.0.0.1";

  /** Enough for many answers stalled at the same time. */
  private static final int THREADS = 64;

  private final WireMockServer server;

  private EmulatorServer(WireMockServer server) {
    this.server = server;
  }

  public static EmulatorServer start(Emulation emulation) {
    WireMockServer server = new WireMockServer(configuration(emulation));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(ok()));
    return new EmulatorServer(server);
  }

  public URI baseUrl() {
    return URI.create("http://" + LOOPBACK + ":" + server.port());
  }

  public void stop() {
    server.stop();
  }

  private static WireMockConfiguration configuration(Emulation emulation) {
    return wireMockConfig()
        .bindAddress(LOOPBACK)
        .dynamicPort()
        .containerThreads(THREADS)
        // A broken HTTP/2 stream is not a broken connection.
        .http2PlainDisabled(true)
        .gzipDisabled(true)
        // The emulator keeps its own journal; WireMock's would hold every body.
        .disableRequestJournal()
        .maxLoggedResponseSize(0)
        .stubRequestLoggingDisabled(true)
        .jettyStopTimeout(200L)
        .extensions(new EmulatorTransformer(emulation));
  }
}
