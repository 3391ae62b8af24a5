package dev.registrykit.benchmarks;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.registry.RegistryClient;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a user of jib-core writes; it neither lists tags nor deletes, so the names come from elsewhere. */
final class JibUser {

  private static final Pattern CREATED = Pattern.compile("\"created\":\"([^\"]+)\"");

  private final RegistryClient jib;
  private final RawClient raw;

  JibUser(String address) {
    this.raw = new RawClient(address);
    FailoverHttpClient http = new FailoverHttpClient(true, false, event -> {});
    rememberPlainHttp(http, address);
    this.jib =
        RegistryClient.factory(EventHandlers.NONE, address, "shop/app", http).newRegistryClient();
  }

  /**
   * It speaks TLS to every server once and remembers if that fails, for which the stub makes it wait 20 seconds. This
   * puts into its memory what it would find there afterwards.
   */
  private static void rememberPlainHttp(FailoverHttpClient http, String address) {
    try {
      Field history = FailoverHttpClient.class.getDeclaredField("failoverHistory");
      history.setAccessible(true);
      Class<?> failovers = Class.forName(FailoverHttpClient.class.getName() + "$Failover");
      Object plain = Stream.of(failovers.getEnumConstants())
          .filter(failover -> failover.toString().equals("HTTP"))
          .findFirst()
          .orElseThrow();
      Map.class
          .getMethod("put", Object.class, Object.class)
          .invoke(history.get(http), address, plain);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  String digest(String tag) throws Exception {
    return jib.checkManifest(tag).orElseThrow().getDigest().toString();
  }

  DescriptorDigest manifest(String tag) throws Exception {
    return jib.pullManifest(tag, BuildableManifestTemplate.class)
        .getManifest()
        .getContainerConfiguration()
        .getDigest();
  }

  List<String> newest(int count) throws Exception {
    Map<String, Instant> dates = new HashMap<>();
    for (String tag : raw.names()) {
      String config = Blobs.writeToString(jib.pullBlob(manifest(tag), size -> {}, size -> {}));
      Matcher created = CREATED.matcher(config);
      if (created.find()) {
        dates.put(tag, Instant.parse(created.group(1)));
      }
    }
    return RawClient.newest(dates, count);
  }
}
