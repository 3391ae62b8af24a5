package dev.registrykit.testkit.internal.blaxel;

import java.time.Duration;

/** What a test may change about the emulator's behaviour. */
final class Settings {
  boolean allowsPurge;
  boolean answersDeletionsWithoutContent;
  boolean putsEmptyPagesBetween;
  boolean failsBuilds;
  int buildReads = 1;
  String inUseBody = "{\"error\":\"%s is in use\",\"code\":400}";
  Duration tokenLifetime = Duration.ofHours(2);
}
