package dev.registrykit.oci.real;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.ForeignNotFound;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Holds an {@link OciRegistry} against the contract, on a real server that holds nothing yet. */
final class RealRegistryFixture implements RegistryFixture {

  private final OciRegistry registry;
  private final RawRegistry raw;
  private final Set<Difference> differences;
  private final AtomicLong requests = new AtomicLong();

  /**
   * Makes a fixture.
   *
   * @param server what the registry talks to
   * @param raw the hands and eyes, on the same server or on one that shares its storage
   */
  RealRegistryFixture(RegistryServer server, RawRegistry raw, Set<Difference> differences) {
    this.registry = RealServerTests.builderFor(server)
        .httpOptions(HttpOptions.defaults()
            .withRequestListener(event -> requests.incrementAndGet())
            .withRetryPolicy(RetryPolicy.standard()
                .withMaxAttempts(2)
                .withBackoff(Duration.ZERO, Duration.ZERO)))
        .build();
    this.raw = raw;
    this.differences = EnumSet.of(
        Difference.NO_MISHAPS, Difference.IMAGES_NEED_TAGS, Difference.TAGS_MAY_LACK_DATES);
    this.differences.add(Difference.RESTORING_READS_TAGS);
    this.differences.addAll(differences);
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public ImageRef image(String name) {
    return ImageRef.of("contract/" + name);
  }

  @Override
  public void addImage(ImageRef image) {
    // A repository is there once something was pushed to it.
  }

  @Override
  public Optional<String> addTag(
      ImageRef image,
      String tag,
      String content,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt) {
    return Optional.of(raw.push(image.path(), tag, TestImage.of(content, createdAt)));
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return raw.tagNames(image.path());
  }

  @Override
  public boolean failNext(Mishap mishap) {
    return false;
  }

  @Override
  public boolean failAll(ForeignNotFound answer) {
    return false;
  }

  @Override
  public long requestCount() {
    return requests.get();
  }

  @Override
  public Set<Difference> differences() {
    return differences;
  }

  @Override
  public int maxPageSize() {
    return 1_000;
  }

  @Override
  public List<ImageRef> impossibleImages() {
    return List.of(ImageRef.of("Contract/app"), ImageRef.of("contract/-app"));
  }

  @Override
  public void close() {
    registry.close();
  }
}
