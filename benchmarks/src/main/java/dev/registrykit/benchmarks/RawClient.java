package dev.registrykit.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What somebody writes who has nothing but the JDK and a JSON parser; it checks nothing. */
final class RawClient {

  private static final String ACCEPT = "application/vnd.oci.image.manifest.v1+json";

  private final HttpClient http;
  private final String base;
  private final JsonFactory json = new JsonFactory();

  /** Makes one whose client runs its own work on the threads that it has anyway: the fastest there is. */
  RawClient(String address) {
    this(address, HttpClient.newBuilder().executor(Runnable::run));
  }

  private RawClient(String address, HttpClient.Builder http) {
    this.http = http.version(HttpClient.Version.HTTP_1_1).build();
    this.base = "http://" + address + "/v2/shop/app/";
  }

  /** Makes one whose client has the pool that it gets by default. */
  static RawClient withDefaultPool(String address) {
    return new RawClient(address, HttpClient.newBuilder());
  }

  private HttpResponse<byte[]> send(String method, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(base).resolve(path))
              .header("Accept", ACCEPT)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String digest(String tag) {
    return send("HEAD", "manifests/" + tag)
        .headers()
        .firstValue("docker-content-digest")
        .orElseThrow();
  }

  /** The digests that a manifest names. */
  List<String> manifest(String tag) {
    return texts(send("GET", "manifests/" + tag).body(), "digest");
  }

  /** All names, page by page. */
  List<String> names(int pageSize) {
    List<String> names = new ArrayList<>();
    String next = "tags/list?n=" + pageSize;
    while (!next.isEmpty()) {
      HttpResponse<byte[]> page = send("GET", next);
      List<String> texts = texts(page.body(), "");
      names.addAll(texts.subList(1, texts.size())); // the first is the repository's
      next = page.headers()
          .firstValue("link")
          .map(link -> link.substring(link.indexOf('<') + 1, link.indexOf('>')))
          .orElse("");
    }
    return names;
  }

  List<String> names() {
    return names(10_000);
  }

  /** The texts of fields of that name, or all. */
  private List<String> texts(byte[] body, String field) {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = json.createParser(body)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING
            && (field.isEmpty() || field.equals(parser.currentName()))) {
          texts.add(parser.getText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private Instant created(String reference) {
    String config = manifest(reference).get(0);
    return Instant.parse(texts(send("GET", "blobs/" + config).body(), "created").get(0));
  }

  /** The loop that most people write. */
  List<String> newestNaively(int count) {
    Map<String, Instant> dates = new HashMap<>();
    names().forEach(name -> dates.put(name, created(name)));
    return newest(dates, count);
  }

  /** All digests first, then each distinct one, several at a time. */
  List<String> newestInTwoPhases(int count, int atATime) {
    List<String> names = names();
    List<String> digests = map(names, atATime, this::digest);
    Set<String> distinct = new TreeSet<>(digests);
    List<Instant> dates = map(distinct, atATime, this::created);
    Map<String, Instant> byDigest = new HashMap<>();
    int next = 0;
    for (String digest : distinct) {
      byDigest.put(digest, dates.get(next++));
    }
    Map<String, Instant> byName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), byDigest.get(digests.get(i)));
    }
    return newest(byName, count);
  }

  /** Deletes what each tag points to, with whatever else points there, several at a time. */
  void delete(List<String> tags, int atATime) {
    deleteByDigest(new TreeSet<>(map(tags, atATime, this::digest)), atATime);
  }

  /** What every tag points to. */
  List<String> digests(int atATime) {
    return map(names(), atATime, this::digest);
  }

  /** Looks at all tags before, as RegistryKit does, and at the list of them after; returns which of them went. */
  Set<String> deleteAndName(List<String> tags, int atATime) {
    List<String> names = names();
    List<String> digests = map(names, atATime, this::digest);
    Set<String> deleted = new TreeSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (tags.contains(names.get(i))) {
        deleted.add(digests.get(i));
      }
    }
    deleteByDigest(deleted, atATime);
    Set<String> gone = new TreeSet<>(names);
    names().forEach(gone::remove);
    return gone;
  }

  void deleteByDigest(Collection<String> digests, int atATime) {
    for (int status :
        map(digests, atATime, digest -> send("DELETE", "manifests/" + digest).statusCode())) {
      if (status != 202) {
        throw new IllegalStateException("HTTP " + status);
      }
    }
  }

  private static <R> List<R> map(
      Collection<String> items, int atATime, Function<String, R> action) {
    if (atATime == 1) {
      return items.stream().map(action).toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    try {
      List<Callable<R>> calls = new ArrayList<>();
      items.forEach(item -> calls.add(() -> action.apply(item)));
      List<R> results = new ArrayList<>();
      for (Future<R> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
  }

  static List<String> newest(Map<String, Instant> dates, int count) {
    return dates.entrySet().stream()
        .sorted(Map.Entry.<String, Instant>comparingByValue().reversed())
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
  }
}
