package dev.registrykit.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Fills a registry with the same tags that the stub has. */
final class Pusher {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;

  Pusher(String address) {
    this.base = URI.create("http://" + address + "/v2/shop/app/");
  }

  /**
   * Pushes what is missing of tags {@code t0} to {@code t999}, say, which point to so many digests in turn.
   *
   * @param missing the first so many digests, and their tags
   */
  void push(int tags, int digests, int missing) throws Exception {
    List<Callable<Void>> images = new ArrayList<>();
    for (int i = 0; i < missing; i++) {
      TestImage image = TestImage.of(i);
      images.add(() -> {
        pushBlob(image.config());
        putManifest(image.digest(), image);
        return null;
      });
    }
    inParallel(images);
    List<Callable<Void>> names = new ArrayList<>();
    for (int i = 0; i < tags; i++) {
      String tag = "t" + i;
      int image = i % digests;
      if (image < missing) {
        names.add(() -> {
          putManifest(tag, TestImage.of(image));
          return null;
        });
      }
    }
    inParallel(names);
  }

  private static void inParallel(List<Callable<Void>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private void pushBlob(byte[] blob) throws IOException, InterruptedException {
    HttpResponse<String> begun = send(
        202, HttpRequest.newBuilder(base.resolve("blobs/uploads/")).POST(BodyPublishers.noBody()));
    URI upload = base.resolve(begun.headers().firstValue("Location").orElseThrow());
    String separator = upload.getRawQuery() == null ? "?" : "&";
    URI complete = URI.create(upload + separator + "digest=" + TestImage.digestOf(blob));
    send(
        201,
        HttpRequest.newBuilder(complete)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(blob)));
  }

  private void putManifest(String reference, TestImage image)
      throws IOException, InterruptedException {
    send(
        201,
        HttpRequest.newBuilder(base.resolve("manifests/" + reference))
            .header("Content-Type", TestImage.MANIFEST_TYPE)
            .PUT(BodyPublishers.ofByteArray(image.manifest())));
  }

  private static HttpResponse<String> send(int expected, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IllegalStateException(answer + " " + answer.body());
    }
    return answer;
  }
}
