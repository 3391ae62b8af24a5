package dev.registrykit.testkit.internal.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.registrykit.testkit.internal.github.VersionRow.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the API sends, field by field as GitHub documents it. */
final class WireJson {
  private static final String API = "https://api.github.com";
  private static final String WEB = "https://github.com";

  private WireJson() {}

  static ObjectNode account(String login, long id, boolean isOrganization) {
    return object()
        .put("login", login)
        .put("id", id)
        .put("url", API + "/users/" + login)
        .put("type", isOrganization ? "Organization" : "User")
        .put("site_admin", false);
  }

  static ObjectNode packageOf(PackageRow row, Instant updatedAt, ObjectNode owner) {
    ObjectNode json =
        object().put("id", row.id).put("name", row.name()).put("package_type", "container");
    json.set("owner", owner);
    return json.put("version_count", row.versions.size())
        .put("visibility", row.isPublic ? "public" : "private")
        .put("url", API + "/orgs/" + row.owner() + "/packages/container/" + row.name())
        .put("created_at", time(row.createdAt))
        .put("updated_at", time(updatedAt))
        .put(
            "html_url", WEB + "/orgs/" + row.owner() + "/packages/container/package/" + row.name());
  }

  static ObjectNode version(PackageRow row, View version) {
    String web = WEB + "/orgs/" + row.owner() + "/packages/container/";
    ObjectNode json = object()
        .put("id", version.id())
        .put("name", version.digest())
        .put(
            "url",
            API + "/orgs/" + row.owner() + "/packages/container/" + row.name() + "/versions/"
                + version.id())
        .put("package_html_url", web + "package/" + row.name())
        .put("created_at", time(version.createdAt()))
        .put("updated_at", time(version.updatedAt()))
        .put("html_url", web + row.name() + "/" + version.id());
    if (version.deletedAt() != null) {
      json.put("deleted_at", time(version.deletedAt()));
    }
    ObjectNode metadata = json.putObject("metadata").put("package_type", "container");
    var tags = metadata.putObject("container").putArray("tags");
    version.tags().forEach(tags::add);
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
