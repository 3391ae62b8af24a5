package dev.registrykit.testkit.internal.scaleway;

import java.util.OptionalInt;

/** What a test may change about the emulator's behaviour. */
final class Settings {
  private static final String SHARED_DIGEST_BODY = """
      {"help_message":"other tags of this image have the same digest",\
      "message":"tag shares its digest with another tag",\
      "precondition":"resource_still_in_use",\
      "type":"precondition_failed"}""";

  int deletionReads = 1;
  OptionalInt maxPageSize = OptionalInt.empty();
  boolean enforcesForce = true;
  boolean refusesSharedDigest = true;
  int sharedDigestStatus = 412;
  String sharedDigestBody = SHARED_DIGEST_BODY;
  boolean forceTakesSiblings = true;
}
