package dev.registrykit.benchmarks;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same on servers that are there for other things than measuring. */
final class ServerJobs {

  private static final int NEWEST = 10;

  /** For each of many jobs. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Installed installed;
  private final int tags;
  private final int digests;

  ServerJobs(Settings settings, Installed installed) {
    this.settings = settings;
    this.installed = installed;
    this.tags = settings.size(1_000);
    this.digests = settings.size(100);
  }

  /** On one of the two, if it is installed. */
  List<Section> on(String server) throws Exception {
    Optional<Path> binary = installed.find(server);
    if (binary.isEmpty()) {
      System.err.println(server + " is not installed: left out");
      return List.of();
    }
    try (RealServer running = new RealServer(binary.get())) {
      return sections(server, Installed.nameOf(server, binary.get()), running.address());
    }
  }

  List<Section> onEmulator() throws Exception {
    try (OciEmulator emulator = OciEmulator.start(OciPersonality.DISTRIBUTION_2)) {
      return sections(
          "emulator", "the emulator of sdk-testkit", emulator.baseUrl().getAuthority());
    }
  }

  private List<Section> sections(String id, String name, String address) throws Exception {
    List<Section> sections = new ArrayList<>();
    Pusher pusher = new Pusher(address);
    pusher.push(tags, digests, digests);
    List<Duration> delays = settings.isShort()
        ? List.of(settings.network())
        : List.of(Duration.ZERO, settings.network());
    for (Duration delay : delays) {
      boolean isAway = !delay.isZero();
      String title = "On " + name + (isAway ? ", " + settings.away() : "");
      try (Relay relay = new Relay(address, delay)) {
        List<Job.Result> results = new ArrayList<>();
        results.add(digest(relay, isAway));
        results.add(names(relay));
        results.add(newest(relay, isAway));
        results.add(delete(relay, pusher, isAway));
        pusher.push(tags, digests, digests / 5);
        List<String> lines = new ArrayList<>(List.of(
            "| job | | median | 10 % – 90 % | ratio | requests |", "|---|---|---|---|---|---|"));
        results.forEach(result -> lines.addAll(result.rows()));
        lines.add("");
        sections.add(new Section(id, title, lines, List.of()));
      }
    }
    return sections;
  }

  private Job.Result digest(Relay server, boolean isAway) throws Exception {
    try (KitUser kit = new KitUser(server.address())) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      JibUser jib = new JibUser(server.address());
      AzureUser azure = new AzureUser(server.address());
      List<Contender> contenders = new ArrayList<>(List.of(
          new Contender("java.net.http", () -> raw.digest("t1")),
          new Contender("RegistryKit", () -> kit.digest("t1")),
          new Contender("oras-java", () -> oras.digest("t1")),
          new Contender("jib-core", () -> jib.digest("t1")),
          new Contender("Azure", () -> azure.digest("t1"))));
      for (ProgramUser program : programs(server)) {
        contenders.add(new Contender(program.name(), () -> program.digest("t1")));
      }
      int rounds = settings.rounds(isAway ? 7 : 25);
      return new Job("a tag's digest", rounds, rounds, contenders).within(LIMIT).run(server);
    }
  }

  private Job.Result names(Relay server) throws Exception {
    try (KitUser kit = new KitUser(server.address())) {
      RawClient raw = new RawClient(server.address());
      OrasUser oras = new OrasUser(server.address());
      List<Contender> contenders = new ArrayList<>(List.of(
          new Contender("java.net.http", () -> raw.names(1_000)),
          new Contender("RegistryKit", kit::names),
          new Contender("oras-java", oras::names)));
      for (ProgramUser program : programs(server)) {
        contenders.add(new Contender(program.name(), program::names));
      }
      return new Job("1,000 names", settings.rounds(7), settings.rounds(7), contenders)
          .within(LIMIT)
          .run(server);
    }
  }

  private List<ProgramUser> programs(Relay server) throws Exception {
    List<ProgramUser> users = new ArrayList<>();
    for (String program : ProgramUser.PROGRAMS) {
      Optional<Path> binary = installed.find(program);
      if (binary.isPresent()) {
        users.add(new ProgramUser(program, binary.get(), server.address()));
      }
    }
    return users;
  }

  private Job.Result newest(Relay server, boolean isAway) throws Exception {
    RawClient raw = new RawClient(server.address());
    return new Job(
            "the 10 newest of 1,000 on 100 digests",
            settings.rounds(isAway ? 0 : 1),
            settings.rounds(3),
            new Contender(
                "java.net.http, two phases, 16 at a time", () -> raw.newestInTwoPhases(NEWEST, 16)),
            new Contender(
                "RegistryKit",
                () -> KitUser.newest(server.address(), NEWEST, ListTagsOptions.defaults())))
        .within(LIMIT)
        .run(server);
  }

  private Job.Result delete(Relay server, Pusher pusher, boolean isAway) throws Exception {
    List<String> deleted = DeletionJobs.tagsOf(digests / 5, digests, tags);
    RawClient raw = new RawClient(server.address());
    OrasUser oras = new OrasUser(server.address());
    return new Job(
            "200 of these tags by force",
            0,
            settings.rounds(isAway ? 1 : 3),
            new Contender("java.net.http, a loop", () -> raw.delete(deleted, 1)),
            new Contender("java.net.http, 16 at a time", () -> raw.delete(deleted, 16)),
            new Contender(
                "java.net.http, naming what goes, 16 at a time",
                () -> raw.deleteAndName(deleted, 16)),
            new Contender("RegistryKit", () -> KitUser.delete(server.address(), deleted)),
            new Contender("oras-java, a loop", () -> oras.delete(deleted)))
        .before(() -> pusher.push(tags, digests, digests / 5))
        .within(LIMIT)
        .run(server);
  }
}
