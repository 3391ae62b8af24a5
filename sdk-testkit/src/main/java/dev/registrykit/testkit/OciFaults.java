package dev.registrykit.testkit;

import dev.registrykit.testkit.internal.ApiAnswer.Header;
import dev.registrykit.testkit.internal.oci.EmulatedOciRegistry;
import dev.registrykit.testkit.internal.oci.access.AccessRules;
import dev.registrykit.testkit.internal.oci.kind.EmptiedTags;
import dev.registrykit.testkit.internal.oci.state.Switches;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How an {@link OciEmulator} deviates from its {@link OciPersonality}: what is hostile, broken or merely
 * unusual. Everything lasts until {@link Emulator#reset()}, whatever the personality becomes. {@link
 * Emulator#failNext(Fault)} spoils single requests. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OciFaults {
  private final EmulatedOciRegistry registry;

  /**
   * How a repository that has lost its last tag lists its tags.
   *
   * @since 0.1.0
   */
  public enum Emptied {
    /** {@code "tags":null}, as docker-registry 2.8.2 does. */
    NULL_TAGS(EmptiedTags.NULL),
    /** {@code "tags":[]}, as distribution 3.0 does. */
    NO_TAGS(EmptiedTags.EMPTY_LIST),
    /** 404, as if the repository were not there. */
    NAME_UNKNOWN(EmptiedTags.NAME_UNKNOWN);

    private final EmptiedTags tags;

    Emptied(EmptiedTags tags) {
      this.tags = tags;
    }
  }

  OciFaults(EmulatedOciRegistry registry) {
    this.registry = registry;
  }

  /**
   * Makes pages of tags shorter than asked for, and makes them at all where the registry otherwise
   * sends the whole list.
   *
   * @param size the most tags on a page, at least 1
   */
  public void setMaxPageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size);
    }
    registry.change(switches -> switches.maxPageSize = OptionalInt.of(size));
  }

  /**
   * Lists tags in another order, also from page to page.
   *
   * @param order a total order of the names
   */
  public void setTagOrder(Comparator<String> order) {
    Objects.requireNonNull(order, "order");
    registry.change(switches -> switches.tagOrder = order);
  }

  /**
   * Sets how a repository that has lost its last tag lists its tags.
   *
   * @param emptied instead of what the personality does
   */
  public void setEmptied(Emptied emptied) {
    registry.change(switches -> switches.emptied = emptied.tags);
  }

  /**
   * Answers tag lists with bodies of the test's own, joined by {@code Link} with a cursor that says
   * nothing: {@code ?next_page=1}.
   *
   * @param repository the repository's name; need not be there
   * @param pages bodies sent as JSON, not checked; at least one
   */
  public void setTagListPages(String repository, String... pages) {
    List<String> bodies = List.of(pages);
    if (bodies.isEmpty()) {
      throw new IllegalArgumentException("no pages");
    }
    String name = name(repository);
    registry.change(switches -> switches.tagPages.put(name, bodies));
  }

  /**
   * Sends a {@code Link} with every tag list, whatever the page, in place of the right one or none.
   *
   * @param link the header's value, not checked
   */
  public void setTagLink(String link) {
    Objects.requireNonNull(link, "link");
    registry.change(switches -> switches.tagLink = link);
  }

  /**
   * Makes a repository's tag list endless: {@code endless-0}, {@code endless-1}, … in pages of 100
   * or fewer when asked for, each with a link to the next.
   *
   * @param repository the repository's name; need not be there
   */
  public void setEndlessTags(String repository) {
    String name = name(repository);
    registry.change(switches -> switches.endlessTags.add(name));
  }

  /**
   * Sets whether there is a catalogue; 404 in plain text otherwise.
   *
   * @param enabled instead of what the personality has
   */
  public void setCatalogEnabled(boolean enabled) {
    registry.change(switches -> switches.catalog = enabled);
  }

  /**
   * Sets whether {@code Docker-Content-Digest} is left out of all answers about manifests, and of
   * reads of blobs.
   *
   * @param omitted whether it is missing
   */
  public void setDigestHeaderOmitted(boolean omitted) {
    registry.change(switches -> switches.digestHeaderOmitted = omitted);
  }

  /**
   * Sends a {@code Docker-Content-Digest} of the test's own with all answers about manifests.
   *
   * @param value the header's value, not checked
   */
  public void setDigestHeader(String value) {
    Objects.requireNonNull(value, "value");
    registry.change(switches -> switches.digestHeader = value);
  }

  /**
   * Sets whether manifests and blobs are read with a space more at their end, so that they do not
   * have their digest, but may still be JSON.
   *
   * @param corrupted whether reads are spoiled
   */
  public void setBytesCorrupted(boolean corrupted) {
    registry.change(switches -> switches.bytesCorrupted = corrupted);
  }

  /**
   * Sets whether deleting a manifest by its digest leaves its tags, which go on serving it, as users
   * of Nexus report.
   *
   * @param leaves whether the tags stay
   */
  public void setDigestDeletionLeavesTags(boolean leaves) {
    registry.change(switches -> switches.digestDeletionLeavesTags = leaves);
  }

  /**
   * Has deletions of tagged manifests by digest fail half way, as those of docker-registry 2.8.2 do
   * while other tags of the same repository are pushed: the manifest goes, its tags stay, and the
   * answer is 500. Such a tag is listed and answers 404 until a manifest is put on it; deleting that
   * one takes the tag along. A repetition of the deletion is 404, for the manifest is gone.
   *
   * @param times how many of the next such deletions; 0 for none
   */
  public void failUntagging(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("times: " + times);
    }
    registry.change(switches -> switches.untaggingFailures = times);
  }

  /**
   * Sets whether an index without manifests is refused with 400 {@code MANIFEST_INVALID} when it is
   * pushed.
   *
   * @param refused whether to refuse
   */
  public void setEmptyIndexRefused(boolean refused) {
    registry.change(switches -> switches.emptyIndexRefused = refused);
  }

  /**
   * Sets whether there is an API for referrers; 404 in plain text otherwise.
   *
   * @param enabled instead of what the personality has
   */
  public void setReferrersEnabled(boolean enabled) {
    registry.change(switches -> switches.referrers = enabled);
  }

  /**
   * Sets whether a registry that has referrers keeps quiet about it, by sending no {@code
   * OCI-Subject} when a manifest with a subject is pushed.
   *
   * @param omitted whether the header is missing
   */
  public void setSubjectHeaderOmitted(boolean omitted) {
    registry.change(switches -> switches.subjectHeaderOmitted = omitted);
  }

  /**
   * Redirects GET and HEAD of some paths, after the check of who asks. A redirect given before that
   * matches too goes first.
   *
   * @param pathRegex a regular expression that is searched in the raw path
   * @param status 301, 302, 303, 307 or 308
   * @param target where to; one without a path is completed by the path of the request
   */
  public void setRedirect(String pathRegex, int status, URI target) {
    Objects.requireNonNull(target, "target");
    Pattern path = Pattern.compile(pathRegex);
    registry.change(
        switches -> switches.redirects.add(new Switches.Redirect(path, status, target)));
  }

  /**
   * Sends uploads to another host, in the {@code Location} that begins them. They are not carried on
   * there, even if another emulator listens.
   *
   * @param origin scheme, host and port
   */
  public void setUploadOrigin(URI origin) {
    Objects.requireNonNull(origin, "origin");
    registry.change(switches -> switches.uploadOrigin = origin);
  }

  /**
   * Sends one more header with every answer of the registry, such as {@code Warning} or a rate limit;
   * not with those of the token server and of faults.
   *
   * @param name the header's name; given again, it is sent again
   * @param value the header's value, not checked
   */
  public void addHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    registry.change(switches -> switches.extraHeaders.add(new Header(name, value)));
  }

  /**
   * Names another realm in the challenges.
   *
   * @param realm a URL for Bearer, any text for Basic; not checked
   */
  public void setRealm(String realm) {
    Objects.requireNonNull(realm, "realm");
    registry.guard(rules -> rules.realm = realm);
  }

  /**
   * Sends other challenges with 401, whatever is asked for.
   *
   * @param challenges values of {@code WWW-Authenticate}, each in a header of its own; none for 401
   *     without a challenge
   */
  public void setChallenges(String... challenges) {
    List<String> lines = List.of(challenges);
    registry.guard(rules -> rules.challenges = lines);
  }

  /**
   * Sets which fields the token server's answer has; otherwise {@code token}, {@code access_token}
   * (the same), {@code expires_in} and {@code issued_at}. A {@code refresh_token} is added whenever
   * it is asked for.
   *
   * @param fields any of these and {@code refresh_token}
   */
  public void setTokenFields(String... fields) {
    Set<String> names = new LinkedHashSet<>(List.of(fields));
    if (!AccessRules.TOKEN_FIELDS.containsAll(names)) {
      throw new IllegalArgumentException("fields: " + names);
    }
    registry.guard(rules -> rules.tokenFields = names);
  }

  /**
   * Refuses OAuth2's POST to the token server, which otherwise takes {@code grant_type} {@code
   * password} and {@code refresh_token}.
   *
   * @param status for example 404 or 405
   */
  public void setTokenPostRefused(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status: " + status);
    }
    registry.guard(rules -> rules.postRefusal = status);
  }

  private static String name(String repository) {
    if (!Grammar.isName(repository)) {
      throw new IllegalArgumentException("not a repository name: " + repository);
    }
    return repository;
  }
}
