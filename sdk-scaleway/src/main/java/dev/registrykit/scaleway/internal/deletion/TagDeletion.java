package dev.registrykit.scaleway.internal.deletion;

import dev.registrykit.BadRequestException;
import dev.registrykit.ConflictException;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.NotFoundException;
import dev.registrykit.PreconditionFailedException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryServiceException;
import dev.registrykit.SharedDigestException;
import dev.registrykit.scaleway.internal.generated.model.ScwTag;
import dev.registrykit.scaleway.internal.wire.Absence;
import dev.registrykit.scaleway.internal.wire.Absence.Resource;
import dev.registrykit.scaleway.internal.wire.ScalewayApi;
import dev.registrykit.scaleway.internal.wire.ScalewayMapper;
import dev.registrykit.spi.support.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a tag, after listing all tags of its image to see which others share its digest. That check is
 * not left to the service: its refusal was never recorded, and its parameter {@code force} is deprecated.
 * For one deletion.
 */
public final class TagDeletion {

  private static final Logger LOG = LoggerFactory.getLogger("dev.registrykit.scaleway");

  /** Error types that are about the state of the tag itself, not about tags of the same digest. */
  private static final Set<String> OWN_STATE = Set.of("locked", "transient_state");

  /** The status "locked", which is about the tag itself whatever the error type. */
  private static final int LOCKED = 423;

  private final ScalewayApi api;
  private final Operation operation;
  private final Supplier<List<ListedTag>> listing;
  private final DeleteOptions options;
  private final Function<Set<String>, List<String>> goneOf;

  /**
   * Prepares a deletion.
   *
   * @param listing lists all tags of the image, anew each time
   */
  public TagDeletion(
      ScalewayApi api,
      Operation operation,
      Supplier<List<ListedTag>> listing,
      DeleteOptions options) {
    this.api = api;
    this.operation = operation;
    this.listing = listing;
    this.options = options;
    this.goneOf = this::gone;
  }

  /**
   * Prepares a deletion that is one of many.
   *
   * @param goneOf tells which of those tags are gone that may have gone along
   */
  TagDeletion(
      ScalewayApi api,
      Operation operation,
      Supplier<List<ListedTag>> listing,
      DeleteOptions options,
      Function<Set<String>, List<String>> goneOf) {
    this.api = api;
    this.operation = operation;
    this.listing = listing;
    this.options = options;
    this.goneOf = goneOf;
  }

  /** A tag as listed. One that is being deleted takes no other along, and is no sibling of any. */
  public record ListedTag(String id, String name, @Nullable String digest, boolean isDeleting) {

    /** Maps a tag of the API. */
    public static ListedTag of(ScwTag tag, Operation operation) {
      return new ListedTag(
          ScalewayMapper.required(tag.getId(), "tag", "id", operation),
          ScalewayMapper.required(tag.getName(), "tag", "name", operation),
          tag.getDigest() == null || tag.getDigest().isEmpty() ? null : tag.getDigest(),
          "deleting".equals(tag.getStatus()));
    }

    ListedTag movedTo(@Nullable String now) {
      return now == null || now.isEmpty() ? this : new ListedTag(id, name, now, isDeleting);
    }

    /** Returns whether the other tag may go too; where a digest is missing, it may. */
    boolean mayTakeAlong(ListedTag other) {
      boolean mayShareDigest =
          digest == null || other.digest() == null || digest.equals(other.digest());
      return !other.id().equals(id) && !other.isDeleting() && mayShareDigest;
    }
  }

  /** Deletes the tag of this name; a tag pushed again during its deletion is listed twice for a while. */
  public DeleteResult ofName(String name) {
    return ofName(name, listing.get());
  }

  /** Deletes the tag of this name, after a look at all tags of the image that was made before. */
  DeleteResult ofName(String name, List<ListedTag> all) {
    return delete(
        all, tag -> tag.name().equals(name), () -> operation.missing("there is no such tag"));
  }

  /** Returns what a deletion did whose answer was lost, by what was listed before it. */
  DeleteResult goneBefore(String name, List<ListedTag> all) {
    ListedTag tag = all.stream()
        .filter(listed -> listed.name().equals(name) && !listed.isDeleting())
        .findFirst()
        .orElseThrow();
    return result(DeleteOutcome.ALREADY_ABSENT, tag, tag, all);
  }

  /** Deletes the tag of that identifier. */
  public DeleteResult ofId(String id) {
    return delete(
        listing.get(),
        tag -> tag.id().equalsIgnoreCase(id),
        () -> operation.missing("there is no such tag any more"));
  }

  private DeleteResult delete(
      List<ListedTag> all, Predicate<ListedTag> isMeant, Supplier<NotFoundException> missing) {
    ListedTag tag = all.stream()
        .filter(isMeant)
        .min(Comparator.comparing(ListedTag::isDeleting))
        .orElseThrow(missing);
    requireDigest(tag);
    if (tag.isDeleting()) {
      return DeleteResult.of(DeleteOutcome.ACCEPTED, tag.digest());
    }
    List<ListedTag> siblings = siblings(tag, all);
    if (options.isForced()) {
      return send(tag, true, all);
    }
    requireAllowed(tag, siblings);
    return siblings.isEmpty() ? alone(tag, all) : send(tag, true, all);
  }

  private void requireDigest(ListedTag tag) {
    Optional<String> required = options.requiredDigest();
    if (required.isPresent() && !required.get().equals(tag.digest())) {
      String actual = tag.digest() == null ? "an unknown digest" : tag.digest();
      throw new PreconditionFailedException(
          operation.details("it points to " + actual + ", not to " + required.get()));
    }
  }

  private static List<ListedTag> siblings(ListedTag tag, List<ListedTag> all) {
    return all.stream()
        .filter(tag::mayTakeAlong)
        .sorted(Comparator.comparing(ListedTag::name))
        .toList();
  }

  private void requireAllowed(ListedTag tag, List<ListedTag> siblings) {
    List<ListedTag> spared = siblings.stream()
        .filter(sibling -> !options.allowedSiblings().contains(sibling.name()))
        .toList();
    if (!spared.isEmpty()) {
      throw new SharedDigestException(names(spared), operation.details(why(tag, spared)));
    }
  }

  private static String why(ListedTag tag, List<ListedTag> siblings) {
    String names = String.join(", ", names(siblings));
    boolean isKnown =
        tag.digest() != null && siblings.stream().noneMatch(sibling -> sibling.digest() == null);
    return isKnown
        ? "the digest is shared with " + names
        : "the registry does not tell every digest, so it may be shared with " + names;
  }

  /** Returns the names of the tags that may go with the one of this name. */
  static List<String> mayGoAlong(String name, List<ListedTag> all) {
    return all.stream()
        .filter(tag -> tag.name().equals(name) && !tag.isDeleting())
        .flatMap(tag -> siblings(tag, all).stream())
        .map(ListedTag::name)
        .toList();
  }

  private static List<String> names(List<ListedTag> tags) {
    return tags.stream().map(ListedTag::name).toList();
  }

  private DeleteResult alone(ListedTag tag, List<ListedTag> all) {
    try {
      return send(tag, null, all);
    } catch (BadRequestException | ConflictException | PreconditionFailedException e) {
      throw explained(e, tag);
    }
  }

  private DeleteResult send(ListedTag tag, @Nullable Boolean force, List<ListedTag> all) {
    ScwTag answer;
    try {
      answer = api.deleteTag(operation, tag.id(), force);
    } catch (NotFoundException e) {
      return afterNotFound(tag, all, e);
    }
    // It may have moved to another digest since the listing, and taken the tags of that one along.
    ListedTag deleted = tag.movedTo(answer.getDigest());
    return result(DeleteOutcome.ACCEPTED, tag, deleted, all);
  }

  /** Interprets a 404: after a lost answer it means that the tag was deleted, maybe with others. */
  private DeleteResult afterNotFound(ListedTag tag, List<ListedTag> all, NotFoundException e) {
    if (!Absence.isProvedBy(e, Resource.TAG)) {
      Optional<ListedTag> left = listedNow(tag);
      if (left.isPresent() && !left.get().isDeleting()) {
        throw e;
      }
      if (left.isPresent()) {
        return result(DeleteOutcome.ACCEPTED, tag, tag, all);
      }
    }
    if (e.answerWasLost()) {
      return result(DeleteOutcome.ALREADY_ABSENT, tag, tag, all);
    }
    throw Absence.isProvedBy(e, Resource.TAG) ? e : Absence.notListedAnyMore(operation, e);
  }

  private Optional<ListedTag> listedNow(ListedTag tag) {
    try {
      return listing.get().stream().filter(other -> other.id().equals(tag.id())).findFirst();
    } catch (NotFoundException e) {
      if (Absence.isProvedBy(e, Resource.IMAGE)) {
        return Optional.empty(); // gone with its image
      }
      throw e;
    }
  }

  private DeleteResult result(
      DeleteOutcome outcome, ListedTag tag, ListedTag deleted, List<ListedTag> all) {
    Set<String> endangered = new HashSet<>(names(siblings(tag, all)));
    endangered.addAll(names(siblings(deleted, all)));
    DeleteResult result = DeleteResult.of(outcome, deleted.digest());
    return endangered.isEmpty() ? result : result.withDeleted(goneOf.apply(endangered));
  }

  /** Returns those that are gone by now; all of them if the listing fails. */
  private List<String> gone(Set<String> names) {
    Set<String> left = Set.of();
    try {
      left = left(listing);
    } catch (RegistryException e) {
      warn(e);
    }
    List<String> gone = new ArrayList<>(names);
    gone.removeAll(left);
    gone.sort(Comparator.naturalOrder());
    return gone;
  }

  /** Returns the names of the tags that are there and not being deleted; none if the image is gone. */
  static Set<String> left(Supplier<List<ListedTag>> listing) {
    try {
      return listing.get().stream()
          .filter(tag -> !tag.isDeleting())
          .map(ListedTag::name)
          .collect(Collectors.toSet());
    } catch (NotFoundException e) {
      if (!Absence.isProvedBy(e, Resource.IMAGE)) {
        throw e;
      }
      return Set.of();
    }
  }

  private void warn(RegistryException e) {
    LOG.warn(
        "{}: done, but which siblings went with it could not be listed",
        operation.description(),
        e);
  }

  /**
   * Explains a refusal by tags of the same digest that were pushed since the listing. The status with which
   * the service refuses a shared digest was never recorded, so every likely one is examined.
   */
  private RegistryServiceException explained(RegistryServiceException refusal, ListedTag tag) {
    boolean isOwnState = refusal.statusCode() == LOCKED
        || refusal.errorCode().filter(OWN_STATE::contains).isPresent();
    if (isOwnState) {
      return refusal;
    }
    ListedTag now;
    List<ListedTag> siblings;
    try {
      List<ListedTag> all = listing.get();
      now =
          all.stream().filter(other -> other.id().equals(tag.id())).findFirst().orElse(tag);
      siblings = siblings(now, all);
    } catch (RegistryException e) {
      refusal.addSuppressed(e);
      return refusal;
    }
    if (siblings.isEmpty()) {
      return refusal;
    }
    String why = why(now, siblings);
    ErrorDetails details = refusal.details();
    return new SharedDigestException(
        names(siblings),
        details.toBuilder()
            .serverMessage(
                details.serverMessage().map(said -> said + "; " + why).orElse(why))
            .build());
  }
}
