package dev.registrykit.benchmarks;

import com.azure.containers.containerregistry.ContainerRegistryContentClient;
import com.azure.containers.containerregistry.ContainerRegistryContentClientBuilder;
import com.azure.containers.containerregistry.models.ContainerRegistryAudience;
import com.azure.containers.containerregistry.models.OciImageManifest;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user of Azure's client writes. It asks for lists and properties under {@code /acr/v1/}, which only Azure
 * serves, so the names come from elsewhere, and a digest with the whole manifest.
 */
final class AzureUser {

  private static final Pattern CREATED = Pattern.compile("\"created\":\"([^\"]+)\"");

  private final ContainerRegistryContentClient azure;
  private final RawClient raw;

  AzureUser(String address) {
    this.raw = new RawClient(address);
    this.azure = new ContainerRegistryContentClientBuilder()
        .endpoint("https://" + address)
        .addPolicy(new PlainHttp())
        .repositoryName("shop/app")
        .audience(ContainerRegistryAudience.AZURE_RESOURCE_MANAGER_PUBLIC_CLOUD)
        .buildClient();
  }

  /** It takes no other than https, so its requests are changed on their last steps. */
  private static final class PlainHttp extends HttpPipelineSyncPolicy {
    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
      HttpRequest request = context.getHttpRequest();
      request.setUrl(request.getUrl().toString().replaceFirst("^https:", "http:"));
    }
  }

  String digest(String tag) {
    return azure.getManifest(tag).getDigest();
  }

  String manifest(String tag) {
    return azure
        .getManifest(tag)
        .getManifest()
        .toObject(OciImageManifest.class)
        .getConfiguration()
        .getDigest();
  }

  List<String> newest(int count) {
    Map<String, Instant> dates = new HashMap<>();
    for (String tag : raw.names()) {
      ByteArrayOutputStream config = new ByteArrayOutputStream();
      azure.downloadStream(manifest(tag), Channels.newChannel(config));
      Matcher created = CREATED.matcher(config.toString(StandardCharsets.UTF_8));
      if (created.find()) {
        dates.put(tag, Instant.parse(created.group(1)));
      }
    }
    return RawClient.newest(dates, count);
  }

  void delete(List<String> tags) {
    Collection<String> digests = new TreeSet<>();
    tags.forEach(tag -> digests.add(digest(tag)));
    digests.forEach(azure::deleteManifest);
  }
}
