package dev.registrykit.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;

/** What somebody writes for Scaleway's tags with the JDK's client and databind. */
final class RawScaleway {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record ScalewayTag(
      String id,
      String name,
      String status,
      String digest,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("updated_at") Instant updatedAt) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record TagPage(List<ScalewayTag> tags) {}

  private final HttpClient http = HttpClient.newBuilder()
      .executor(Runnable::run)
      .version(HttpClient.Version.HTTP_1_1)
      .build();
  private final ObjectMapper json = new ObjectMapper().registerModule(new JavaTimeModule());
  private final HttpRequest request;

  RawScaleway(String address) {
    this.request = HttpRequest.newBuilder(URI.create("http://" + address + StubScaleway.TAGS_PATH))
        .header("X-Auth-Token", "secret")
        .header("Accept", "application/json")
        .build();
  }

  List<ScalewayTag> tags() throws IOException, InterruptedException {
    byte[] body = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    return json.readValue(body, TagPage.class).tags();
  }
}
