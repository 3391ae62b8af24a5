package dev.registrykit.benchmarks;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.internal.auth.challenge.Challenge;
import dev.registrykit.oci.internal.auth.challenge.Challenges;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.spi.paging.LinkHeader;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the SDK does between a request and its result, part by part, without a network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Parts {

  private static final ImageRef APP = ImageRef.of("shop/app");
  private static final URI PAGE =
      URI.create("https://registry.example.com/v2/shop/app/tags/list?n=1000");
  private static final HttpHeaders LINK = HttpHeaders.of(
      Map.of("Link", List.of("</v2/shop/app/tags/list?last=v999&n=1000>; rel=\"next\"")),
      (name, value) -> true);
  private static final List<String> CHALLENGE =
      List.of("Bearer realm=\"https://auth.example.com/token\",service=\"registry.example.com\","
          + "scope=\"repository:shop/app:pull,push\",error=\"insufficient_scope\"");

  private final Registry names;
  private final Registry scaleway;

  /** Makes registries that are answered from memory. */
  public Parts() {
    byte[] page = IntStream.range(0, 1_000)
        .mapToObj(i -> "\"t" + i + "\"")
        .collect(Collectors.joining(",", "{\"name\":\"shop/app\",\"tags\":[", "]}"))
        .getBytes(StandardCharsets.UTF_8);
    this.names = OciRegistry.builder()
        .registry("http://127.0.0.1:9")
        .httpClient(new CannedClient(uri -> page))
        .build();
    byte[] tags = StubScaleway.tags(100);
    this.scaleway = ScalewayRegistry.builder()
        .region(StubScaleway.REGION)
        .secretKey("00000000-0000-4000-8000-000000000000")
        .httpClient(new CannedClient(
            uri -> uri.getPath().endsWith("/tags") ? tags : StubScaleway.found(uri.getPath())))
        .build();
  }

  /** A reference with everything in it. */
  @Benchmark
  public ImageRef parseReference() {
    return ImageRef.parse("registry.example.com:5000/shop/app:1.2.3@sha256:"
        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  }

  /** Where the next page is. */
  @Benchmark
  public Optional<URI> readLink() {
    return LinkHeader.next(PAGE, LINK, "list tags of shop/app");
  }

  /** What a registry asks of a stranger. */
  @Benchmark
  public List<Challenge> readChallenge() {
    return Challenges.of(CHALLENGE);
  }

  /** From the call to the tags. */
  @Benchmark
  public List<Tag> pageOf1000Names() {
    return names.listTags(APP).firstPage().items();
  }

  /** From the call to the tags, which have digests and dates here. */
  @Benchmark
  public List<Tag> pageOf100ScalewayTags() {
    return scaleway.listTags(APP).firstPage().items();
  }
}
