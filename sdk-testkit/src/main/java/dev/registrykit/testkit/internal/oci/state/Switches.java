package dev.registrykit.testkit.internal.oci.state;

import dev.registrykit.testkit.internal.ApiAnswer.Header;
import dev.registrykit.testkit.internal.oci.kind.EmptiedTags;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a test has changed about the registry, whatever its kind. */
public final class Switches {
  /** GET and HEAD of matching paths are sent elsewhere. */
  public record Redirect(Pattern path, int status, URI target) {}

  public OptionalInt maxPageSize = OptionalInt.empty();
  public @Nullable Comparator<String> tagOrder;
  public @Nullable EmptiedTags emptied;
  public @Nullable String tagLink;
  public final Map<String, List<String>> tagPages = new HashMap<>();
  public final Set<String> endlessTags = new HashSet<>();

  public boolean digestHeaderOmitted;
  public @Nullable String digestHeader;
  public boolean bytesCorrupted;

  public int deletionReads;
  public boolean digestDeletionLeavesTags;
  public int untaggingFailures;
  public boolean emptyIndexRefused;
  public @Nullable Boolean referrers;
  public boolean subjectHeaderOmitted;
  public @Nullable Boolean catalog;
  public @Nullable URI uploadOrigin;
  public final List<Header> extraHeaders = new ArrayList<>();
  public final List<Redirect> redirects = new ArrayList<>();
}
