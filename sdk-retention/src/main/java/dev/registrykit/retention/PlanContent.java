package dev.registrykit.retention;

import java.time.Instant;
import java.util.List;

/**
 * All that a plan says.
 *
 * @param provider the registry's {@code provider()}
 * @param registry the registry's own text
 * @param image the image's path
 * @param policy the policy in words
 * @param obstacles why the plan is not to be carried out
 * @param notes what a reader should know beside
 * @param tags deletions first, in the order in which to delete
 */
record PlanContent(
    String provider,
    String registry,
    String image,
    String policy,
    Instant plannedAt,
    List<String> obstacles,
    List<String> notes,
    List<PlannedTag> tags) {

  PlanContent {
    obstacles = List.copyOf(obstacles);
    notes = List.copyOf(notes);
    tags = List.copyOf(tags);
  }

  List<PlannedTag> deletions() {
    return tags.stream().filter(PlannedTag::isDeleted).toList();
  }
}
