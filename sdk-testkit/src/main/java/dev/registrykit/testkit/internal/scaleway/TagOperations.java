package dev.registrykit.testkit.internal.scaleway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.scaleway.WireJson.Written;
import dev.registrykit.testkit.internal.scaleway.state.AnsweredDeletions;
import dev.registrykit.testkit.internal.scaleway.state.ImageRow;
import dev.registrykit.testkit.internal.scaleway.state.ImageTags;
import dev.registrykit.testkit.internal.scaleway.state.RegionState;
import dev.registrykit.testkit.internal.scaleway.state.Settings;
import dev.registrykit.testkit.internal.scaleway.state.TagRow;
import java.util.List;
import java.util.Optional;

/** The three operations on tags. */
final class TagOperations {
  private static final List<String> ORDER_FIELDS = List.of("created_at", "name");

  private final Settings settings;

  TagOperations(Settings settings) {
    this.settings = settings;
  }

  ObjectNode list(RegionState state, String imageId, Query query, AnsweredDeletions deletions) {
    ImageRow image = ImageOperations.find(state, imageId);
    var page = page(state.tagsOf(image), query);
    page.rows().forEach(row -> deletions.shown(row.deletion()));
    return page.json("tags", row -> WireJson.tag(row, Written.NOTHING));
  }

  ObjectNode get(RegionState state, String id, AnsweredDeletions deletions) {
    TagRow row = find(state, id);
    deletions.shown(row.deletion());
    return WireJson.tag(row, Written.NOTHING);
  }

  ObjectNode delete(RegionState state, String id, Query query, AnsweredDeletions deletions) {
    boolean force = query.flag("force") || !settings.enforcesForce;
    TagRow row = find(state, id);
    if (row.deletion() != null) {
      deletions.shown(row.deletion());
      return WireJson.tag(row, Written.UPDATED);
    }
    List<TagRow> siblings = state.tagsOf(row.image).siblings(row);
    if (!siblings.isEmpty() && !force && settings.refusesSharedDigest) {
      throw Refusals.of(ApiAnswer.json(settings.sharedDigestStatus, settings.sharedDigestBody));
    }
    deletions.begun(state.startDeleting(row));
    if (force && settings.forceTakesSiblings) {
      siblings.forEach(sibling -> deletions.begun(state.startDeleting(sibling)));
    }
    return WireJson.tag(row, Written.UPDATED);
  }

  private ListPage<TagRow> page(ImageTags tags, Query query) {
    var order =
        query.orderField(ORDER_FIELDS).equals("name") ? ImageTags.BY_NAME : ImageTags.BY_CREATION;
    Optional<String> name = query.filter("name");
    if (name.isPresent()) {
      return ListPage.cut(tags.named(name.get()).stream(), order, query, settings);
    }
    int pageSize = query.pageSize(settings);
    long offset = ListPage.offset(query, pageSize);
    return new ListPage<>(tags.page(order, query.descending(), offset, pageSize), tags.count());
  }

  private static TagRow find(RegionState state, String id) {
    return state.tag(id).orElseThrow(() -> Refusals.notFound("Tag"));
  }
}
