package dev.registrykit.oci.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/app/tags/list?n=100, app, PULL",
    "HEAD, /v2/team/app/manifests/1.0, team/app, PULL",
    "GET, /v2/team/app/blobs/sha256:ab, team/app, PULL",
    "GET, /v2/team/app/referrers/sha256:ab, team/app, PULL",
    "DELETE, /v2/team/app/manifests/1.0, team/app, DELETE",
    "PUT, /v2/team/app/manifests/1.0, team/app, PUSH",
    "POST, /v2/team/app/blobs/uploads/, team/app, PUSH",
    "PATCH, /v2/team/app/blobs/uploads/1-2, team/app, PUSH",
    "GET, /v2/team/tags/manifests/tags, team/tags, PULL",
    "GET, /v2/team/manifests/tags/list, team/manifests, PULL",
    "GET, /v2/_catalog?n=100, '', CATALOG",
    "GET, /v2/, '', PULL",
    "GET, /elsewhere, '', PULL",
  })
  void aRequestTellsRepositoryAndKind(
      String method, String target, String repository, Access.Kind kind) {
    for (String base : new String[] {"", "/artifactory"}) {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create("https://registry.example.org" + base + target))
          .method(method, BodyPublishers.noBody())
          .build();

      assertEquals(
          new Access(repository, kind),
          Access.of(request, URI.create("https://registry.example.org" + base)));
    }
  }
}
