package dev.registrykit.benchmarks;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.scaleway.ScalewayRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;

/** What one call costs. */
final class CallJobs {

  private final Settings settings;

  CallJobs(Settings settings) {
    this.settings = settings;
  }

  Section digest() throws Exception {
    return Section.of(
        "digest",
        digest("A tag's digest, connection open", Duration.ZERO, 1_500),
        "Azure's client has no HEAD for other registries than Azure's: it gets the manifest. It and jib-core speak TLS"
            + " by themselves; here they are made to speak plain HTTP like the others.");
  }

  /** The same on a newer JDK, if there is one, in a process of its own. */
  List<Section> digestOnNewestJdk() throws Exception {
    SortedMap<Integer, Path> jdks = Jdks.currentAndNewest();
    int feature = jdks.lastKey();
    if (settings.isShort() || feature == Runtime.version().feature()) {
      return List.of();
    }
    String java = Jdks.java(jdks.getOrDefault(feature, Path.of(""))).toString();
    String classPath = System.getProperty("java.class.path");
    Process process = new ProcessBuilder(
            java, "-cp", classPath, Benchmarks.class.getName(), "--only", "digest")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    List<String> page = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    List<String> table = page.stream().filter(line -> line.startsWith("|")).toList();
    if (process.waitFor() != 0 || table.isEmpty()) {
      throw new IllegalStateException("JDK " + feature + ": " + page);
    }
    List<String> lines = new ArrayList<>(table);
    lines.add("");
    String title = "A tag's digest, connection open, JDK " + feature;
    return List.of(new Section("digest-newest-jdk", title, lines, List.of()));
  }

  Section digestAway() throws Exception {
    return Section.of(
        "digest-away",
        digest("A tag's digest, connection open, " + settings.away(), settings.network(), 15));
  }

  private Job.Result digest(String title, Duration delay, int rounds) throws Exception {
    try (StubRegistry server = new StubRegistry(10, 10, delay);
        KitUser kit = new KitUser(server.address())) {
      RawClient raw = new RawClient(server.address());
      RawClient pooled = RawClient.withDefaultPool(server.address());
      OrasUser oras = new OrasUser(server.address());
      JibUser jib = new JibUser(server.address());
      AzureUser azure = new AzureUser(server.address());
      return new Job(
              title,
              settings.rounds(rounds),
              settings.rounds(rounds),
              new Contender("java.net.http, direct executor", () -> raw.digest("t1")),
              new Contender("java.net.http, its own pool", () -> pooled.digest("t1")),
              new Contender("RegistryKit", () -> kit.digest("t1")),
              new Contender("oras-java", () -> oras.digest("t1")),
              new Contender("jib-core", () -> jib.digest("t1")),
              new Contender("Azure", () -> azure.digest("t1")))
          .countingBytes()
          .run(server);
    }
  }

  Section manifest() throws Exception {
    try (StubRegistry server = new StubRegistry(10, 10, Duration.ZERO);
        KitUser kit = new KitUser(server.address())) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      JibUser jib = new JibUser(server.address());
      AzureUser azure = new AzureUser(server.address());
      return Section.of(
          "manifest",
          new Job(
                  "A manifest, connection open",
                  settings.rounds(1_000),
                  settings.rounds(1_000),
                  new Contender("java.net.http and a parser", () -> raw.manifest("t1")),
                  new Contender("RegistryKit", () -> kit.manifest("t1")),
                  new Contender("oras-java", () -> oras.manifest("t1")),
                  new Contender("jib-core", () -> jib.manifest("t1")),
                  new Contender("Azure", () -> azure.manifest("t1")))
              .countingBytes()
              .run(server),
          "RegistryKit compares the bytes with the digest; the first row checks nothing.");
    }
  }

  Section scaleway() throws Exception {
    int count = 100;
    ImageRef app = ImageRef.of("shop/app");
    try (StubScaleway server = new StubScaleway(count);
        Registry kit = scaleway(server)) {
      RawScaleway raw = new RawScaleway(server.address());
      return Section.of(
          "scaleway",
          new Job(
                  "A page of 100 tags of Scaleway's",
                  settings.rounds(1_500),
                  settings.rounds(1_500),
                  new Contender(
                      "java.net.http and databind",
                      () -> expect(count, () -> raw.tags().size())),
                  new Contender(
                      "RegistryKit",
                      () -> expect(
                          count, () -> kit.listTags(app).firstPage().items().size())))
              .countingBytes()
              .run(server),
          "The others know nothing of Scaleway's interface.");
    }
  }

  private static Registry scaleway(StubScaleway server) {
    return ScalewayRegistry.builder()
        .region(StubScaleway.REGION)
        .secretKey("00000000-0000-4000-8000-000000000000")
        .baseUrl("http://" + server.address())
        .build();
  }

  private static void expect(int count, Callable<Integer> found) throws Exception {
    if (found.call() != count) {
      throw new IllegalStateException("not " + count);
    }
  }
}
