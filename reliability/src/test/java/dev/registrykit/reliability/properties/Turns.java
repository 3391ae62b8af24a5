package dev.registrykit.reliability.properties;

import dev.registrykit.reliability.fuzz.CannedAnswers.Canned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Lets the requests of several workers through one at a time; a random number says whose is next. */
final class Turns {

  /** A worker that asks for nothing for so long is not waited for: it may wait for something else. */
  private static final long PATIENCE_MILLIS = 50;

  private final HttpClient client;
  private final Random random;
  private final List<Thread> waiting = new ArrayList<>();
  private int workers;
  private Thread chosen;

  Turns(HttpClient client, long seed, int workers) {
    this.client = client;
    this.random = new Random(seed);
    this.workers = workers;
  }

  /** Returns how a worker's requests are answered. */
  Function<HttpRequest, Canned> answers() {
    return request -> {
      try {
        begin();
        try {
          HttpResponse<byte[]> answer =
              client.send(request, HttpResponse.BodyHandlers.ofByteArray());
          return new Canned(answer.statusCode(), answer.headers().map(), answer.body());
        } finally {
          end();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private synchronized void begin() throws InterruptedException {
    Thread self = Thread.currentThread();
    waiting.add(self);
    chooseIfAllWait();
    while (chosen != self) {
      wait(PATIENCE_MILLIS);
      if (chosen == null) {
        choose();
      }
    }
    waiting.remove(self);
  }

  private synchronized void end() {
    chosen = null;
    chooseIfAllWait();
  }

  /** A worker has nothing more to do. */
  synchronized void leave() {
    workers--;
    chooseIfAllWait();
  }

  private void chooseIfAllWait() {
    if (chosen == null && waiting.size() >= workers) {
      choose();
    }
  }

  private void choose() {
    if (!waiting.isEmpty()) {
      chosen = waiting.get(random.nextInt(waiting.size()));
      notifyAll();
    }
  }
}
