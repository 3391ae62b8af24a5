package dev.registrykit.reliability.soak;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A docker-registry 2.8, as the file lists it that {@code -Dregistrykit.registries} names. */
final class RealWorld implements World {

  private static final Pattern PORT = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Path folder;
  private final Process process;
  private final OciRegistry others;
  private final HttpOptions options;
  private final UnreliableClient client = new UnreliableClient();
  private final AtomicLong faults = new AtomicLong();

  private RealWorld(Path binary, HttpOptions options) throws IOException, InterruptedException {
    this.options = options;
    folder = Files.createTempDirectory("registrykit-soak-");
    Path configuration =
        Files.writeString(folder.resolve("config.yml"), """
        version: 0.1
        log: {level: info, accesslog: {disabled: true}}
        storage:
          filesystem: {rootdirectory: "%s"}
          delete: {enabled: true}
          maintenance: {uploadpurging: {enabled: false}}
        http: {addr: "127.0.0.1:0", secret: not-a-secret}
        """.formatted(folder.resolve("storage")));
    Path log = folder.resolve("log");
    process = new ProcessBuilder(binary.toString(), "serve", configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    others = OciRegistry.builder().registry("http://127.0.0.1:" + port(log)).build();
  }

  /** Starts one, if there is one. */
  static List<World> startAll(HttpOptions options) throws Exception {
    String list = System.getProperty("registrykit.registries", "");
    if (list.isEmpty() || !Files.exists(Path.of(list))) {
      return List.of();
    }
    Properties binaries = new Properties();
    binaries.load(Files.newBufferedReader(Path.of(list)));
    String binary = binaries.getProperty("docker-registry");
    return binary == null ? List.of() : List.of(new RealWorld(Path.of(binary), options));
  }

  private String port(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 1000; i++) {
      Matcher port = PORT.matcher(Files.readString(log, StandardCharsets.UTF_8));
      if (port.find()) {
        return port.group(1);
      }
      if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IllegalStateException("does not serve: " + Files.readString(log));
  }

  @Override
  public String name() {
    return "docker-registry 2.8";
  }

  @Override
  public ImageRef image() {
    return ImageRef.of("shop/web");
  }

  @Override
  public Registry open() {
    return OciRegistry.builder()
        .registry(others.baseUrl().toString())
        .httpOptions(options.withHttpClient(client))
        .build();
  }

  @Override
  public String push(String tag, String content) {
    byte[] index = """
        {"schemaVersion":2,"mediaType":"%s","manifests":[],"annotations":{"org.opencontainers.image.created":"2026-03-01T00:00:00Z","content":"%s"}}""".formatted(OciManifest.OCI_INDEX, content).getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.supplyAsync( // on a thread that no worker's interrupts reach
            () -> others.putManifest(image(), tag, OciManifest.OCI_INDEX, index))
        .join();
  }

  @Override
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    ListTagsOptions digests = ListTagsOptions.defaults().withDetail(TagDetail.DIGEST);
    for (Tag tag : others.listTags(image(), digests)) {
      tags.put(tag.name(), tag.digest().orElse(""));
    }
    return tags;
  }

  @Override
  public void spoil(Random random) {
    faults.incrementAndGet();
    if (random.nextBoolean()) {
      client.loseRequest();
    } else {
      client.loseAnswer();
    }
  }

  @Override
  public long faults() {
    return faults.get();
  }

  @Override
  public void calm() {
    faults.addAndGet(-client.beReliable());
  }

  /** What it knows is what is in its folder, and no request is under way. */
  @Override
  public void forget() {
    Path storage = folder.resolve("storage");
    if (Files.exists(storage)) {
      delete(storage);
    }
  }

  @Override
  public void close() {
    others.close();
    process.destroyForcibly();
    process.onExit().join();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
