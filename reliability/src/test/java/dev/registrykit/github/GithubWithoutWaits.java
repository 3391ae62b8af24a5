package dev.registrykit.github;

import dev.registrykit.spi.support.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Makes registries whose waits take no time, as the provider's own tests do; hence this package. */
public final class GithubWithoutWaits {

  private GithubWithoutWaits() {}

  /** Makes a registry, which waits by setting its clock forward. */
  public static GithubRegistry build(GithubRegistryBuilder builder) {
    return builder.time(new SkippingTime()).build();
  }

  private static final class SkippingTime implements TimeSource {

    private final TimeSource system = TimeSource.system();
    private final AtomicLong skipped = new AtomicLong();

    @Override
    public Instant now() {
      return system.now().plusNanos(skipped.get());
    }

    @Override
    public long nanoTime() {
      return system.nanoTime() + skipped.get();
    }

    @Override
    public void sleep(Duration duration) {
      skipped.addAndGet(duration.toNanos());
    }

    @Override
    public double jitter() {
      return 0.5;
    }
  }
}
