package dev.registrykit.testkit;

import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.ForeignNotFound;
import dev.registrykit.testkit.contract.Mishap;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds an {@link InMemoryRegistry} against the contract. */
final class InMemoryFixture implements RegistryFixture {

  private final InMemoryRegistry registry;
  private final Set<Difference> differences;

  InMemoryFixture(InMemoryRegistry registry, Set<Difference> differences) {
    this.registry = registry;
    this.differences = differences;
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
    registry.addImage(image);
  }

  @Override
  public Optional<String> addTag(
      ImageRef image, String tag, String content, Instant createdAt, Instant updatedAt) {
    String digest = digestOf(content);
    registry.addTag(Tag.builder(image, tag)
        .digest(digest)
        .createdAt(createdAt)
        .updatedAt(updatedAt)
        .sizeBytes(1024L)
        .build());
    return registry.supports(Feature.TAG_DIGEST) ? Optional.of(digest) : Optional.empty();
  }

  private static String digestOf(String content) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha256.digest(content.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> tagNames(ImageRef image) {
    return registry.tagNames(image);
  }

  @Override
  public boolean putInUse(ImageRef image, String tag) {
    if (differences.contains(Difference.TAGS_CAN_BE_IN_USE)) {
      registry.markInUse(image, tag);
      return true;
    }
    return false;
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
    return registry.callCount();
  }

  @Override
  public Set<Difference> differences() {
    return differences;
  }

  @Override
  public int maxPageSize() {
    return 100;
  }

  @Override
  public void close() {
    registry.close();
  }
}
