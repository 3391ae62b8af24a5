package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.scaleway.WireJson.Written;
import dev.registrykit.testkit.internal.scaleway.state.AnsweredDeletions;
import dev.registrykit.testkit.internal.scaleway.state.EmulatorClock;
import dev.registrykit.testkit.internal.scaleway.state.ImageRow;
import dev.registrykit.testkit.internal.scaleway.state.RegionState;
import dev.registrykit.testkit.internal.scaleway.state.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The four operations on images. */
final class ImageOperations {
  private static final List<String> ORDER_FIELDS = List.of("created_at", "name");
  private static final Set<String> VISIBILITIES = Set.of("inherit", "public", "private");

  private final Settings settings;
  private final EmulatorClock clock;

  ImageOperations(Settings settings, EmulatorClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  ObjectNode list(RegionState state, Query query, AnsweredDeletions deletions) {
    var name = query.filter("name");
    var namespace = query.filter("namespace_id");
    var organization = query.filter("organization_id");
    var project = query.filter("project_id");
    var matching = state.images().stream()
        .filter(row -> name.isEmpty() || name.get().equals(row.name))
        .filter(row -> namespace.isEmpty() || namespace.get().equals(row.namespace.id()))
        .filter(row ->
            organization.isEmpty() || organization.get().equals(row.namespace.organizationId))
        .filter(row -> project.isEmpty() || project.get().equals(row.namespace.projectId));
    var page = ListPage.cut(matching, order(query), query, settings);
    page.rows().forEach(row -> deletions.shown(row.deletion()));
    return page.json("images", row -> WireJson.image(state, row, Written.NOTHING));
  }

  ObjectNode get(RegionState state, String id, AnsweredDeletions deletions) {
    ImageRow row = find(state, id);
    deletions.shown(row.deletion());
    return WireJson.image(state, row, Written.NOTHING);
  }

  ObjectNode update(RegionState state, String id, ObjectNode body, AnsweredDeletions deletions) {
    ImageRow row = find(state, id);
    String visibility = WireJson.text(body, "visibility");
    if (visibility != null && !visibility.equals("visibility_unknown")) {
      if (!VISIBILITIES.contains(visibility)) {
        throw Refusals.invalidArgument("visibility", "constraint");
      }
      row.visibility = visibility;
    }
    row.updatedAt = clock.tick();
    deletions.shown(row.deletion());
    return WireJson.image(state, row, Written.UPDATED);
  }

  ObjectNode delete(RegionState state, String id, AnsweredDeletions deletions) {
    ImageRow row = find(state, id);
    if (row.deletion() != null) {
      deletions.shown(row.deletion());
      return WireJson.image(state, row, Written.UPDATED);
    }
    deletions.begun(state.startDeleting(row));
    return WireJson.image(state, row, Written.UPDATED);
  }

  static ImageRow find(RegionState state, String id) {
    return state.image(id).orElseThrow(() -> Refusals.notFound("Image"));
  }

  private static Comparator<ImageRow> order(Query query) {
    Comparator<ImageRow> field = query.orderField(ORDER_FIELDS).equals("name")
        ? Comparator.comparing(row -> row.name)
        : Comparator.comparing(row -> row.createdAt);
    return field.thenComparingLong(row -> row.number);
  }
}
