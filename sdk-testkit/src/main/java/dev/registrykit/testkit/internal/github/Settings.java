package dev.registrykit.testkit.internal.github;

import java.time.Clock;
import java.time.Duration;

/** What a test has set. */
public final class Settings {
  public Duration lag = Duration.ZERO;
  public Clock clock = Clock.systemUTC();
  public boolean keepsLastTagged = true;
  public boolean isOldestFirst;
  public boolean hasLinks = true;
  public boolean restoreBringsTags = true;
  public boolean ignoresPageNumbers;
  public int maxPageSize = 100;
  public int remaining = 5_000;
  public int deletionReads;
}
