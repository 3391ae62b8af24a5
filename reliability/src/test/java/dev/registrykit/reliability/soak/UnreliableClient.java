package dev.registrykit.reliability.soak;

import dev.registrykit.testsupport.TestClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.atomic.AtomicLong;

/** Loses requests and answers when it is told to, on the way to servers that cannot be told to fail. */
final class UnreliableClient extends TestClient {

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong requestsToLose = new AtomicLong();
  private final AtomicLong answersToLose = new AtomicLong();

  void loseRequest() {
    requestsToLose.incrementAndGet();
  }

  void loseAnswer() {
    answersToLose.incrementAndGet();
  }

  /** Loses nothing any more, and returns how much there was still to lose. */
  long beReliable() {
    return requestsToLose.getAndSet(0) + answersToLose.getAndSet(0);
  }

  private static boolean take(AtomicLong number) {
    return number.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    if (take(requestsToLose)) {
      throw new IOException("the request was lost");
    }
    HttpResponse<T> answer = client.send(request, handler);
    if (take(answersToLose)) {
      throw new IOException("the answer was lost");
    }
    return answer;
  }
}
