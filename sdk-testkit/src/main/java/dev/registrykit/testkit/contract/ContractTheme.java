package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.UnsupportedFeatureException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.function.Executable;

/** One theme of the {@link RegistryContract}, and the words its tests are written in. */
abstract class ContractTheme {

  /** When tags are created and changed where a test does not care. */
  static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private final Supplier<RegistryFixture> fixture;

  ContractTheme(Supplier<RegistryFixture> fixture) {
    this.fixture = fixture;
  }

  final RegistryFixture fixture() {
    return fixture.get();
  }

  final Registry registry() {
    return fixture().registry();
  }

  /** The image most tests are about. */
  final ImageRef app() {
    return fixture().image("app");
  }

  /** Adds tags to {@link #app()} of which each has a digest of its own. */
  final void addTags(String... names) {
    for (String name : names) {
      addTag(app(), name, name);
    }
  }

  /** Adds tags to {@link #app()} that share one digest. */
  final Optional<String> addSharing(String content, String... names) {
    Optional<String> digest = Optional.empty();
    for (String name : names) {
      digest = addTag(app(), name, content);
    }
    return digest;
  }

  final Optional<String> addTag(ImageRef image, String tag, String content) {
    return fixture().addTag(image, tag, content, NOON, NOON);
  }

  final boolean differs(Difference difference) {
    return fixture().differences().contains(difference);
  }

  /**
   * Returns whether the registry lacks the ability, in which case the call was tried, and refused
   * before anything was sent.
   */
  final boolean lacks(Feature feature, Executable call) {
    if (registry().supports(feature)) {
      return false;
    }
    assertRefusedUnsent(UnsupportedFeatureException.class, call);
    return true;
  }

  final <E extends Throwable> E assertRefusedUnsent(Class<E> refusal, Executable call) {
    long before = requestCount();
    E thrown = assertThrows(refusal, call);
    assertEquals(before, requestCount(), () -> "requests although refused with " + thrown);
    return thrown;
  }

  /** Asserts how many requests a call sends. */
  final void assertRequests(long expected, Executable call, String why) {
    long sent = requestsOf(call);
    assertEquals(expected, sent, () -> "requests for " + why);
  }

  final long requestsOf(Executable call) {
    long before = requestCount();
    try {
      call.execute();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return requestCount() - before;
  }

  private long requestCount() {
    return fixture().requestCount();
  }

  /** Asserts what is there, as seen without the registry. */
  final void assertTagsLeft(ImageRef image, String... expected) {
    assertEquals(Set.of(expected), Set.copyOf(fixture().tagNames(image)), "tags left of " + image);
  }

  /** What a tag says where the registry has the ability; empty elsewhere. */
  final <T> Optional<T> ifSupported(Feature feature, T value) {
    return registry().supports(feature) ? Optional.of(value) : Optional.empty();
  }

  static List<String> names(Iterable<Tag> tags) {
    return StreamSupport.stream(tags.spliterator(), false).map(Tag::name).toList();
  }

  /** Numbered names that sort as they are numbered. */
  static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj("v%04d"::formatted).toList();
  }
}
