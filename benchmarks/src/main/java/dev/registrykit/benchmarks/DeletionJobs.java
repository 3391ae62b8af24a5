package dev.registrykit.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Deleting where only manifests can be deleted, with all their tags. */
final class DeletionJobs {

  private final Settings settings;

  DeletionJobs(Settings settings) {
    this.settings = settings;
  }

  /** The tags of the first digests, as {@link StubRegistry} and {@link Pusher} distribute them. */
  static List<String> tagsOf(int digests, int allDigests, int allTags) {
    return IntStream.range(0, allTags)
        .filter(i -> i % allDigests < digests)
        .mapToObj(i -> "t" + i)
        .toList();
  }

  Section tags() throws Exception {
    int all = settings.size(1_000);
    int digests = settings.size(100);
    return Section.of(
        "delete",
        tags(
            "200 of 1,000 tags by force, all tags of 20 of 100 digests",
            Duration.ZERO,
            all,
            digests,
            digests / 5,
            7),
        "The others delete what a tag points to, with whatever else points there. RegistryKit looks at all tags first,"
            + " and names those that went along.");
  }

  Section tagsAway() throws Exception {
    int all = settings.size(1_000);
    int digests = settings.size(100);
    return Section.of(
        "delete-away",
        tags(
            "200 of 1,000 tags by force, all tags of 20 of 100 digests, " + settings.away(),
            settings.network(),
            all,
            digests,
            digests / 5,
            2));
  }

  Section ownDigests() throws Exception {
    int all = settings.size(1_000);
    return Section.of(
        "delete-own",
        tags(
            "200 of 1,000 tags by force, each on a digest of its own",
            Duration.ZERO,
            all,
            all,
            all / 5,
            5));
  }

  private Job.Result tags(
      String title, Duration delay, int all, int digests, int deleted, int rounds)
      throws Exception {
    List<String> tags = tagsOf(deleted, digests, all);
    try (StubRegistry server = new StubRegistry(all, digests, delay)) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      AzureUser azure = new AzureUser(server.address());
      return new Job(
              title,
              settings.rounds(delay.isZero() ? rounds / 2 : 0),
              settings.rounds(rounds),
              new Contender("java.net.http, a loop", () -> raw.delete(tags, 1)),
              new Contender("java.net.http, 16 at a time", () -> raw.delete(tags, 16)),
              new Contender("java.net.http, nothing but a look at all tags", () -> raw.digests(16)),
              new Contender(
                  "java.net.http, naming what goes, 16 at a time",
                  () -> raw.deleteAndName(tags, 16)),
              new Contender("RegistryKit", () -> KitUser.delete(server.address(), tags)),
              new Contender("oras-java, a loop", () -> oras.delete(tags)),
              new Contender("Azure, a loop", () -> azure.delete(tags)))
          .before(server::refill)
          .run(server);
    }
  }

  Section byDigest() throws Exception {
    int all = settings.size(1_000);
    int digests = settings.size(100);
    try (StubRegistry server = new StubRegistry(all, digests, Duration.ZERO)) {
      List<String> named =
          IntStream.range(0, settings.rounds(5)).mapToObj(server::digest).toList();
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      return Section.of(
          "delete-by-digest",
          new Job(
                  "5 of 100 manifests by digest, with ten tags each, by force",
                  settings.rounds(1),
                  settings.rounds(3),
                  new Contender("java.net.http, a loop", () -> raw.deleteByDigest(named, 1)),
                  new Contender(
                      "RegistryKit", () -> KitUser.deleteByDigest(server.address(), named)),
                  new Contender(
                      "RegistryKit, deleteTags of a tag of each",
                      () -> KitUser.delete(server.address(), tagsOf(named.size(), all, all))),
                  new Contender("oras-java, a loop", () -> oras.deleteByDigest(named)))
              .before(server::refill)
              .run(server),
          "RegistryKit looks at every tag first, and names those that went along: deleteManifest each time, deleteTags"
              + " once.");
    }
  }
}
