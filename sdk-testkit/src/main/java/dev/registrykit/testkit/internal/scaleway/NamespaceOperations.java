package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.scaleway.WireJson.Written;
import dev.registrykit.testkit.internal.scaleway.state.AnsweredDeletions;
import dev.registrykit.testkit.internal.scaleway.state.EmulatorClock;
import dev.registrykit.testkit.internal.scaleway.state.NamespaceRow;
import dev.registrykit.testkit.internal.scaleway.state.RegionState;
import dev.registrykit.testkit.internal.scaleway.state.Settings;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The five operations on namespaces. */
final class NamespaceOperations {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
  private static final List<String> ORDER_FIELDS = List.of("created_at", "description", "name");

  private final Owner defaultOwner;
  private final Settings settings;
  private final EmulatorClock clock;

  /** Who a namespace belongs to. */
  record Owner(String organizationId, String projectId) {}

  NamespaceOperations(Owner defaultOwner, Settings settings, EmulatorClock clock) {
    this.defaultOwner = defaultOwner;
    this.settings = settings;
    this.clock = clock;
  }

  static boolean isLegalName(String name) {
    return NAME.matcher(name).matches();
  }

  ObjectNode list(RegionState state, Query query, AnsweredDeletions deletions) {
    var name = query.filter("name");
    var organization = query.filter("organization_id");
    var project = query.filter("project_id");
    var matching = state.namespaces().stream()
        .filter(row -> name.isEmpty() || name.get().equals(row.name))
        .filter(row -> organization.isEmpty() || organization.get().equals(row.organizationId))
        .filter(row -> project.isEmpty() || project.get().equals(row.projectId));
    var page = ListPage.cut(matching, order(query), query, settings);
    page.rows().forEach(row -> deletions.shown(row.deletion));
    return page.json("namespaces", row -> WireJson.namespace(state, row, Written.NOTHING));
  }

  ObjectNode create(RegionState state, ObjectNode body) {
    String name = WireJson.text(body, "name");
    if (name == null || name.isEmpty()) {
      throw Refusals.invalidArgument("name", "required");
    }
    if (!isLegalName(name) || state.namespaceNamed(name).isPresent()) {
      throw Refusals.namespaceExists();
    }
    Owner owner = owner(body);
    NamespaceRow row = state.addNamespace(name, owner.organizationId(), owner.projectId());
    change(row, body);
    return WireJson.namespace(state, row, Written.CREATED_AND_UPDATED);
  }

  ObjectNode get(RegionState state, String id, AnsweredDeletions deletions) {
    NamespaceRow row = find(state, id);
    deletions.shown(row.deletion);
    return WireJson.namespace(state, row, Written.NOTHING);
  }

  ObjectNode update(RegionState state, String id, ObjectNode body, AnsweredDeletions deletions) {
    NamespaceRow row = find(state, id);
    change(row, body);
    row.updatedAt = clock.tick();
    deletions.shown(row.deletion);
    return WireJson.namespace(state, row, Written.UPDATED);
  }

  ObjectNode delete(RegionState state, String id, AnsweredDeletions deletions) {
    NamespaceRow row = find(state, id);
    if (row.deletion != null) {
      deletions.shown(row.deletion);
      return WireJson.namespace(state, row, Written.UPDATED);
    }
    deletions.begun(state.startDeleting(row));
    return WireJson.namespace(state, row, Written.UPDATED);
  }

  private static void change(NamespaceRow row, ObjectNode body) {
    String description = WireJson.text(body, "description");
    Boolean isPublic = WireJson.flag(body, "is_public");
    row.description = description != null ? description : row.description;
    row.isPublic = isPublic != null ? isPublic : row.isPublic;
  }

  private Owner owner(ObjectNode body) {
    String project = blankToNull(WireJson.text(body, "project_id"));
    String organization = blankToNull(WireJson.text(body, "organization_id"));
    if (project != null && organization != null) {
      throw Refusals.invalidArgument("project_id", "constraint");
    }
    if (organization != null) {
      // The default project of an organization has the organization's id.
      return new Owner(organization, organization);
    }
    return project != null ? new Owner(defaultOwner.organizationId(), project) : defaultOwner;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static NamespaceRow find(RegionState state, String id) {
    return state.namespace(id).orElseThrow(() -> Refusals.notFound("Namespace"));
  }

  private static Comparator<NamespaceRow> order(Query query) {
    Comparator<NamespaceRow> field = switch (query.orderField(ORDER_FIELDS)) {
      case "name" -> Comparator.comparing(row -> row.name);
      case "description" -> Comparator.comparing(row -> row.description);
      default -> Comparator.comparing(row -> row.createdAt);
    };
    return field.thenComparingLong(row -> row.number);
  }
}
