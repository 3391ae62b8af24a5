package dev.registrykit.retention;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RetentionPolicy} means for an image right now: for every tag whether it stays or is to be
 * deleted, and why. Making it deletes nothing. Immutable.
 *
 * <p>A plan that {@linkplain #obstacles() has obstacles} is not to be carried out. One that has none is
 * carried out by a {@link RetentionRun}, now or, written as {@linkplain #toJson() JSON} and read back, another day:
 *
 * <pre>{@code
 * RetentionPlan plan = RetentionPlan.of(registry, image, policy, Clock.systemUTC());
 * System.out.print(plan.toText());
 * System.out.print(RetentionRun.of(registry, plan).execute().toText());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class RetentionPlan {

  private static final int REQUESTS_TO_LOOK_AND_DELETE = 2;

  private final PlanContent content;

  private RetentionPlan(PlanContent content) {
    this.content = content;
  }

  /**
   * Makes a plan. Costs what listing all tags with {@link dev.registrykit.TagDetail#FULL} costs on the
   * provider, and, where something is to be deleted and {@code registry.support(Feature.DELETE_TAG)} is {@code
   * MAYBE}, one {@link Registry#checkSupport}. The list is read to its end first.
   *
   * @param image a whole image, neither a tag of it nor a digest
   * @param clock what ages are told by
   * @throws IllegalArgumentException if the reference names a tag, a digest or another registry's host
   * @throws dev.registrykit.RegistryException if anything could not be read; there is no plan then
   */
  public static RetentionPlan of(
      Registry registry, ImageRef image, RetentionPolicy policy, Clock clock) {
    Objects.requireNonNull(policy, "policy");
    return new RetentionPlan(new Planner(registry, image, policy, clock.instant()).plan());
  }

  /**
   * Reads a plan that {@link #toJson()} wrote. Sends nothing. It is checked for its form, not for having been
   * changed since: whoever can write the file decides what is deleted.
   *
   * @param registry the registry that it is to be carried out on
   * @throws IllegalArgumentException if it is no plan, has a field that is missing, unknown or malformed, is
   *     of another version, or was made for another provider or registry; the message names the field
   */
  public static RetentionPlan fromJson(String json, Registry registry) {
    Objects.requireNonNull(json, "json");
    return of(PlanReader.read(json), registry);
  }

  /** Returns a plan that was read. */
  static RetentionPlan of(PlanContent content, Registry registry) {
    return new RetentionPlan(content).requireMadeFor(registry);
  }

  /** Checks that it was made for this registry, as {@link #fromJson} does. */
  RetentionPlan requireMadeFor(Registry registry) {
    requireSame("provider", content.provider(), registry.provider());
    requireSame("registry", content.registry(), registry.toString());
    return this;
  }

  PlanContent content() {
    return content;
  }

  private static void requireSame(String field, String planned, String given) {
    if (!planned.equals(given)) {
      throw new IllegalArgumentException(
          field + ": the plan was made for \"" + planned + "\", not for \"" + given + "\"");
    }
  }

  /**
   * Checks that the plan was made for this image and by a policy of the same words. Sends nothing.
   *
   * @return this plan
   * @throws IllegalArgumentException if not; the message names the field
   */
  public RetentionPlan requireMadeFor(ImageRef image, RetentionPolicy policy) {
    requireSame("image", content.image(), image.path());
    requireSame("policy", content.policy(), policy.toString());
    return this;
  }

  /** Returns the image that the plan is about. */
  public ImageRef image() {
    return ImageRef.of(content.image());
  }

  /** Returns the policy in words. */
  public String policy() {
    return content.policy();
  }

  /** Returns when the plan was made, by the clock that was given. */
  public Instant plannedAt() {
    return content.plannedAt();
  }

  /**
   * Returns why the plan is not to be carried out, in words: guards that it exceeds, or a registry that
   * does not delete. Empty if nothing stands against it.
   */
  public List<String> obstacles() {
    return content.obstacles();
  }

  /** Returns what else is to be known, in words. */
  public List<String> notes() {
    return content.notes();
  }

  /** Returns every tag of the image: deletions first, in the order in which to delete, then by name. */
  public List<PlannedTag> tags() {
    return content.tags();
  }

  /** Returns the tags to delete, in the order in which to delete them, obstacles or not. */
  public List<PlannedTag> deletions() {
    return content.deletions();
  }

  /**
   * Returns {@link #deletions()}, for whoever is about to delete them.
   *
   * @throws IllegalStateException if the plan has obstacles; the message names them
   */
  public List<PlannedTag> deletionsIfAllowed() {
    if (!content.obstacles().isEmpty()) {
      throw new IllegalStateException(
          "the plan is not to be carried out: " + String.join("; ", content.obstacles()));
    }
    return content.deletions();
  }

  /**
   * Returns how many requests carrying it out costs at least: a look and a deletion for each tag. A registry that is
   * asked for siblings too, or deletes manifests only, costs more; what, is said at the provider's type.
   */
  public long estimatedRequests() {
    return (long) REQUESTS_TO_LOOK_AND_DELETE * content.deletions().size();
  }

  /**
   * Returns the sizes in bytes of what goes with no tag left, each digest once; empty if no size is known. It is a
   * bound and no promise: images share layers, and a registry frees nothing at once.
   */
  public OptionalLong sizeBytes() {
    Set<String> counted = new HashSet<>();
    OptionalLong sum = OptionalLong.empty();
    for (PlannedTag tag : content.deletions()) {
      if (tag.keptSiblings().isEmpty()
          && tag.sizeBytes().isPresent()
          && counted.add(tag.digest().orElse(tag.name()))) {
        sum = OptionalLong.of(sum.orElse(0) + tag.sizeBytes().getAsLong());
      }
    }
    return sum;
  }

  /** Returns the plan for people: policy, obstacles, and a line for every tag with its reasons. */
  public String toText() {
    return PlanText.of(content, sizeBytes(), estimatedRequests());
  }

  /**
   * Returns the plan as JSON, for {@link #fromJson}; by this version of the format, whose fields may change
   * with the next.
   */
  public String toJson() {
    return PlanWriter.write(content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RetentionPlan that && content.equals(that.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  /** Returns the image and how many tags are to be deleted, for logs. */
  @Override
  public String toString() {
    return "RetentionPlan[" + content.image() + ": delete "
        + content.deletions().size() + " of " + content.tags().size() + " tags]";
  }
}
