package dev.registrykit.benchmarks;

import dev.registrykit.ListTagsOptions;
import java.time.Duration;

/** Names, and the newest of them. */
final class ListingJobs {

  private static final int NEWEST = 10;

  private final Settings settings;

  ListingJobs(Settings settings) {
    this.settings = settings;
  }

  Section names() throws Exception {
    try (StubRegistry server = new StubRegistry(10_000, 10, Duration.ZERO);
        KitUser kit = new KitUser(server.address())) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      return Section.of(
          "names",
          new Job(
                  "10,000 names in one answer",
                  settings.rounds(300),
                  settings.rounds(300),
                  new Contender("java.net.http and a parser", raw::names),
                  new Contender("RegistryKit", kit::names),
                  new Contender("oras-java", oras::names))
              .countingBytes()
              .run(server),
          "jib-core lists no tags, Azure's client only Azure's.");
    }
  }

  Section pages() throws Exception {
    int pageSize = 1_000;
    try (StubRegistry server = new StubRegistry(10_000, 10, pageSize, settings.network());
        KitUser kit = new KitUser(server.address())) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      return Section.of(
          "pages",
          new Job(
                  "10,000 names in pages of 1,000, " + settings.away(),
                  settings.rounds(3),
                  settings.rounds(9),
                  new Contender("java.net.http and a parser", () -> raw.names(pageSize)),
                  new Contender("RegistryKit", () -> kit.names(pageSize)),
                  new Contender("oras-java, a loop", () -> oras.names(pageSize)))
              .run(server),
          "oras-java does not show the link to the next page; its loop asks until a page is not full.");
    }
  }

  Section newest() throws Exception {
    try (StubRegistry server =
        new StubRegistry(settings.size(1_000), settings.size(100), settings.network())) {
      RawClient raw = new RawClient(server.address());
      ListTagsOptions defaults = ListTagsOptions.defaults();
      return Section.of(
          "newest",
          new Job(
                  "The 10 newest of 1,000 tags on 100 digests, " + settings.away(),
                  settings.rounds(2),
                  settings.rounds(7),
                  new Contender(
                      "java.net.http, two phases by hand, 16 at a time",
                      () -> raw.newestInTwoPhases(NEWEST, 16)),
                  new Contender(
                      "RegistryKit", () -> KitUser.newest(server.address(), NEWEST, defaults)),
                  new Contender(
                      "java.net.http, two phases by hand, 64 at a time",
                      () -> raw.newestInTwoPhases(NEWEST, 64)),
                  new Contender(
                      "RegistryKit, 64 at a time",
                      () -> KitUser.newest(server.address(), NEWEST, defaults.withConcurrency(64))))
              .run(server));
    }
  }

  /** Once, for it takes long. */
  Section newestByLoop() throws Exception {
    try (StubRegistry server =
        new StubRegistry(settings.size(200), settings.size(100), settings.network())) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      JibUser jib = new JibUser(server.address());
      AzureUser azure = new AzureUser(server.address());
      return Section.of(
          "newest-by-loop",
          new Job(
                  "The 10 newest as it is mostly written: 200 tags on 100 digests, one after the other, "
                      + settings.away(),
                  0,
                  1,
                  new Contender(
                      "RegistryKit",
                      () -> KitUser.newest(server.address(), NEWEST, ListTagsOptions.defaults())),
                  new Contender("java.net.http, a loop", () -> raw.newestNaively(NEWEST)),
                  new Contender("oras-java, a loop", () -> oras.newest(NEWEST)),
                  new Contender("jib-core, a loop", () -> jib.newest(NEWEST)),
                  new Contender("Azure, a loop", () -> azure.newest(NEWEST)))
              .run(server),
          "A loop's time grows with the number of tags: a thousand take five times as long.");
    }
  }
}
