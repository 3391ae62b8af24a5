package dev.registrykit.retention;

import dev.registrykit.testsupport.TestClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends so many requests and dies: from then on nothing is sent, and nothing is written by whoever asks its
 * clock. What it throws is an error that nothing in the process recovers from, as a kill is.
 */
final class MortalClient extends TestClient {

  /** The kill. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** When it dies. */
  enum Death {
    BEFORE_THE_REQUEST,
    /** The request takes effect, and nobody hears of it. */
    AFTER_THE_REQUEST
  }

  private final HttpClient client;
  private final int lastRequest;
  private final Death death;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean isDead;

  MortalClient(HttpClient client, int lastRequest, Death death) {
    this.client = client;
    this.lastRequest = lastRequest;
    this.death = death;
  }

  private void requireAlive() {
    if (isDead) {
      throw new Killed();
    }
  }

  /** Returns a clock that stops its reader once the process is dead. */
  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return Fixtures.CLOCK.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        requireAlive();
        return Fixtures.NOW;
      }
    };
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    requireAlive();
    if (requests.incrementAndGet() < lastRequest) {
      return client.send(request, handler);
    }
    isDead = true;
    if (requests.get() == lastRequest && death == Death.AFTER_THE_REQUEST) {
      client.send(request, handler);
    }
    throw new Killed();
  }
}
