package dev.registrykit.reliability.soak;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.GithubWithoutWaits;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciWithoutWaits;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import dev.registrykit.testkit.TagContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** An emulator. */
final class EmulatedWorld<E extends Emulator> implements World {

  /** What goes wrong, once at a time. */
  private static final List<Fault> FAULTS = faults(
      Fault.connectionReset(),
      Fault.lostAnswer(),
      Fault.lostAnswer(),
      Fault.emptyResponse(),
      Fault.truncatedBody(),
      Fault.rateLimited(),
      Fault.status(500, "text/plain", "oops"),
      Fault.status(502, "text/html", "<html>bad gateway</html>"),
      Fault.gatewayTimeout(),
      Fault.gatewayTimeout().afterwards(),
      Fault.status(503).afterwards(),
      Fault.delayed(Duration.ofMillis(20)),
      Fault.slowBody(
          Duration.ofMillis(20))); // and no 200 of a stranger, with which no ledger balances

  /**
   * On GitHub a deletion may leave a manifest without a tag, and a list in pages may lack what others move while it is read.
   * So all have to fit on a page of 100, with what two workers add in a round.
   */
  private static final int MOST_MANIFESTS = 60;

  private final String name;
  private final E emulator;
  private final ImageRef image;
  private final Function<E, Registry> opening;
  private final AtomicLong faults = new AtomicLong();

  private EmulatedWorld(String name, E emulator, String image, Function<E, Registry> opening) {
    this.name = name;
    this.emulator = emulator;
    this.image = ImageRef.of(image);
    this.opening = opening;
  }

  /** Before Java 21 nothing closes a connection on which something came that is no HTTP. */
  private static List<Fault> faults(Fault... always) {
    List<Fault> all = new ArrayList<>(List.of(always));
    if (Runtime.version().feature() >= 21) {
      all.add(Fault.garbage());
    }
    return all;
  }

  static List<World> startAll(HttpOptions options) {
    return List.of(
        new EmulatedWorld<>(
            "scaleway",
            ScalewayEmulator.start(),
            "shop/web",
            emulator -> ScalewayRegistry.builder()
                .region(emulator.region())
                .secretKey(emulator.secretKey())
                .baseUrl(emulator.baseUrl().toString())
                .httpOptions(options)
                .build()),
        new EmulatedWorld<>(
            "blaxel",
            BlaxelEmulator.start(),
            "sandbox/web",
            emulator -> BlaxelRegistry.builder()
                .workspace(emulator.workspace())
                .clientCredentials(emulator.clientId(), emulator.clientSecret())
                .baseUrl(emulator.apiUrl().toString())
                .httpOptions(options)
                .build()),
        new EmulatedWorld<>(
            "github",
            GithubEmulator.start(),
            "octo-org/web",
            emulator -> GithubWithoutWaits.build(GithubRegistry.builder()
                .owner(emulator.owner())
                .token(emulator.token(TokenKind.CLASSIC))
                .baseUrl(emulator.baseUrl().toString())
                .registryUrl(emulator.baseUrl().toString())
                .httpOptions(options))),
        oci("docker-registry 2 emulated", OciPersonality.DISTRIBUTION_2, options),
        oci("distribution 3 emulated", OciPersonality.DISTRIBUTION_3_0, options));
  }

  private static World oci(String name, OciPersonality personality, HttpOptions options) {
    return new EmulatedWorld<>(
        name,
        OciEmulator.start(personality),
        "shop/web",
        emulator -> OciWithoutWaits.build(OciRegistry.builder()
            .registry(emulator.baseUrl().toString())
            .basic("ci", "hush")
            .httpOptions(options)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageRef image() {
    return image;
  }

  @Override
  public Registry open() {
    if (emulator instanceof OciEmulator oci) {
      oci.requireBearer("ci", "hush");
    }
    if (emulator instanceof ScalewayEmulator scaleway) {
      scaleway.setDeletionReads(0); // a tag that is being deleted is there and not there
    }
    return opening.apply(emulator);
  }

  @Override
  public String push(String tag, String content) {
    Instant date = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(content.hashCode() & 0xffff);
    emulator.addTag(image.path(), tag, TagContent.of(content).withDates(date, date));
    return tags().get(tag);
  }

  @Override
  public Map<String, String> tags() {
    if (emulator instanceof OciEmulator oci) {
      return oci.tags(image.path());
    }
    if (emulator instanceof GithubEmulator github) {
      return github.tags(image.path());
    }
    Map<String, String> tags = new TreeMap<>();
    emulator.tagNames(image.path()).forEach(tag -> tags.put(tag, ""));
    return tags;
  }

  @Override
  public boolean isFull() {
    return emulator instanceof GithubEmulator github
        && github.manifests(image.path()).size() > MOST_MANIFESTS;
  }

  @Override
  public void spoil(Random random) {
    faults.incrementAndGet();
    emulator.failNext(FAULTS.get(random.nextInt(FAULTS.size())));
  }

  @Override
  public long faults() {
    return faults.get();
  }

  @Override
  public void calm() {
    faults.addAndGet(-emulator.pendingFaults());
    emulator.clearFaults();
  }

  @Override
  public void forget() {
    emulator.reset();
  }

  @Override
  public void close() {
    emulator.close();
  }
}
