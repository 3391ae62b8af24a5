package dev.registrykit.testkit.internal.scaleway.state;

import java.util.OptionalInt;

/** What a test may change about the emulator's behaviour. */
public final class Settings {
  private static final String SHARED_DIGEST_BODY = """
      {"help_message":"other tags of this image have the same digest",\
      "message":"tag shares its digest with another tag",\
      "precondition":"resource_still_in_use",\
      "type":"precondition_failed"}""";

  public int deletionReads = 1;
  public OptionalInt maxPageSize = OptionalInt.empty();
  public boolean enforcesForce = true;
  public boolean refusesSharedDigest = true;
  public int sharedDigestStatus = 412;
  public String sharedDigestBody = SHARED_DIGEST_BODY;
  public boolean forceTakesSiblings = true;
}
