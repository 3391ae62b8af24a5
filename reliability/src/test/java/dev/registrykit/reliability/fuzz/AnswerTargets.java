package dev.registrykit.reliability.fuzz;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Registry;
import dev.registrykit.RegistryException;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.blaxel.BlaxelImageFilter;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.blaxel.ShareDirection;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.GithubWithoutWaits;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.reliability.LogWatch;
import dev.registrykit.reliability.fuzz.CannedAnswers.Canned;
import dev.registrykit.scaleway.ListNamespacesOptions;
import dev.registrykit.scaleway.ScalewayImageFilter;
import dev.registrykit.scaleway.ScalewayRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Whole operations against servers that say anything. An input is a line with the number of an operation, and
 * then the answers, one behind the other and the last for ever: a line with the status, headers, an
 * empty line and the body, ended by a line of three dashes.
 */
public final class AnswerTargets {

  static final String SECRET = "11111111-2222-4333-8444-canary000000";

  private static final ImageRef IMAGE = ImageRef.of("shop/web");

  private static final ImageRef SANDBOX = ImageRef.of("sandbox/web");

  private static final ImageRef OCTO = ImageRef.of("octo-org/web");

  private static final int MAX_REQUESTS = 2000;

  private AnswerTargets() {}

  /** Does something that may send requests. */
  private interface Deed<R> {
    Object on(R registry);
  }

  private static final List<Deed<OciRegistry>> OCI = List.of(
      registry -> tags(registry, IMAGE, ListTagsOptions.defaults()),
      registry -> registry.findTag(IMAGE, "1.2"),
      registry -> registry.getManifest(IMAGE, "1.2"),
      registry -> images(registry),
      registry -> registry.getImage(IMAGE),
      registry -> tags(
          registry,
          IMAGE,
          ListTagsOptions.defaults().withDetail(TagDetail.FULL).withConcurrency(1)),
      registry -> registry.listReferrers(IMAGE, "sha256:" + "0".repeat(64)).toList(),
      registry -> registry.deleteTag(IMAGE, "1.2", DeleteOptions.defaults()),
      registry -> registry.deleteImage(IMAGE, DeleteOptions.defaults()));

  private static final List<Deed<ScalewayRegistry>> SCALEWAY = List.of(
      registry -> tags(registry, IMAGE, ListTagsOptions.defaults()),
      registry -> registry.findTag(IMAGE, "1.2"),
      registry -> images(registry),
      registry -> registry.getImage(IMAGE),
      registry -> registry.listNamespaces(ListNamespacesOptions.defaults()).toList(),
      registry -> registry.listScalewayImages(ScalewayImageFilter.defaults()).toList(),
      registry -> registry.getNamespace("shop"),
      registry -> registry.deleteTag(IMAGE, "1.2", DeleteOptions.defaults()));

  private static final List<Deed<BlaxelRegistry>> BLAXEL = List.of(
      registry -> tags(registry, SANDBOX, ListTagsOptions.defaults()),
      registry -> registry.findTag(SANDBOX, "1.2"),
      registry -> images(registry),
      registry -> registry.getImage(SANDBOX),
      registry -> registry.listBlaxelImages(BlaxelImageFilter.defaults()).toList(),
      registry -> registry.listShares(SANDBOX),
      registry -> registry.listPendingShares(ShareDirection.INCOMING),
      registry -> registry.deleteTag(SANDBOX, "1.2", DeleteOptions.defaults()));

  private static final List<Deed<GithubRegistry>> GITHUB = List.of(
      registry -> tags(registry, OCTO, ListTagsOptions.defaults()),
      registry -> registry.findTag(OCTO, "1.2"),
      registry -> images(registry),
      registry -> registry.getImage(OCTO),
      registry -> registry.deleteTag(OCTO, "1.2", DeleteOptions.defaults()),
      registry -> registry.deleteTag(OCTO, "1.2", DeleteOptions.defaults().withForce()),
      registry -> registry.deleteImage(OCTO, DeleteOptions.defaults()),
      registry -> registry.restoreTagVersion(OCTO, "1.2"));

  private static List<Tag> tags(Registry registry, ImageRef image, ListTagsOptions options) {
    List<Tag> tags = registry.listTags(image, options).toList();
    tags.forEach(tag -> Claim.same(image, tag.image(), "the image of a tag"));
    return tags;
  }

  private static List<Image> images(Registry registry) {
    List<Image> images = registry.listImages().toList();
    images.forEach(image -> Claim.oneLine(image.toString(), "an image for logs"));
    return images;
  }

  /** Whatever an OCI registry answers, there is a result or a RegistryException, and no secret leaves. */
  public static void oci(byte[] input) {
    run(
        input,
        OCI,
        options -> OciRegistry.builder()
            .registry("registry.example")
            .basic("ci", SECRET)
            .httpOptions(options)
            .build());
  }

  /** Whatever Scaleway answers, there is a result or a RegistryException, and no secret leaves. */
  public static void scaleway(byte[] input) {
    run(
        input,
        SCALEWAY,
        options -> ScalewayRegistry.builder()
            .region("fr-par")
            .secretKey(SECRET)
            .baseUrl("https://registry.example")
            .httpOptions(options)
            .build());
  }

  /** Whatever Blaxel answers, there is a result or a RegistryException, and no secret leaves. */
  public static void blaxel(byte[] input) {
    run(
        input,
        BLAXEL,
        options -> BlaxelRegistry.builder()
            .workspace("main")
            .apiKey(SECRET)
            .baseUrl("https://registry.example")
            .httpOptions(options)
            .build());
  }

  /** Whatever GitHub answers, there is a result or a RegistryException, and no secret leaves. */
  public static void github(byte[] input) {
    run(
        input,
        GITHUB,
        options -> GithubWithoutWaits.build(GithubRegistry.builder()
            .owner("octo-org")
            .token(SECRET)
            .baseUrl("https://registry.example")
            .registryUrl("https://registry.example")
            .httpOptions(options)));
  }

  private static <R extends Registry> void run(
      byte[] input, List<Deed<R>> deeds, Function<HttpOptions, R> open) {
    List<String> lines = Claim.lines(input, 1);
    Server server = new Server(lines.get(1));
    HttpOptions options = HttpOptions.defaults()
        .withHttpClient(new CannedAnswers(server))
        .withRetryPolicy(RetryPolicy.none())
        .withRequestListener(LogWatch::read)
        .withMaxPages(5);
    int deed = Math.floorMod(lines.get(0).hashCode() - '0', deeds.size());
    try (R registry = open.apply(options)) {
      Object result = deeds.get(deed).on(registry);
      Claim.that(result != null, "there is no result");
      Claim.that(server.saidYes(), "a result of refusals: " + result);
    } catch (RegistryException e) {
      if (!e.operation().contains(SECRET)) { // what a server calls its tags is said to be theirs
        Claim.hides(SECRET, e);
      }
    }
  }

  /** Says what the input says, and sees to it that nobody else is told a secret. */
  private static final class Server implements Function<HttpRequest, Canned> {

    private final List<Canned> answers = new ArrayList<>();
    private final boolean saysTheSecret;
    private int requests;
    private boolean saidYes;

    Server(String text) {
      saysTheSecret = text.contains(SECRET);
      for (String answer : text.split("\n---\n", -1)) {
        answers.add(canned(answer));
      }
    }

    private static Canned canned(String text) {
      int end = text.indexOf("\n\n");
      String[] head = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
      String digits = head[0].strip();
      int status = digits.matches("[2-5][0-9]{2}") ? Integer.parseInt(digits) : 200;
      Map<String, List<String>> headers = new LinkedHashMap<>();
      for (int i = 1; i < head.length; i++) {
        int colon = head[i].indexOf(':');
        if (colon > 0 && head[i].substring(0, colon).matches("[A-Za-z0-9-]+")) {
          headers
              .computeIfAbsent(
                  head[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                  n -> new ArrayList<>())
              .add(head[i].substring(colon + 1).strip());
        }
      }
      String body = end < 0 ? "" : text.substring(end + 2);
      return new Canned(status, headers, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public Canned apply(HttpRequest request) {
      Claim.that(requests < MAX_REQUESTS, "there is no end of requests");
      URI uri = request.uri();
      boolean isOwn = "registry.example".equalsIgnoreCase(uri.getHost())
          && (uri.getPort() == -1 || uri.getPort() == 443)
          && "https".equalsIgnoreCase(uri.getScheme());
      boolean isOfTheFamily = String.valueOf(uri.getHost())
          .toLowerCase(java.util.Locale.ROOT)
          .endsWith(".registry.example");
      String sent = request.headers().map().toString() + uri;
      boolean hasCredentials = request.headers().map().keySet().stream()
          .anyMatch(name -> name.toLowerCase(java.util.Locale.ROOT).matches(".*auth.*"));
      Claim.that(isOwn || isOfTheFamily || !hasCredentials, "credentials go to " + uri);
      Claim.that(
          saysTheSecret || !uri.toString().contains(SECRET), "a secret stands in an address");
      Claim.that(isOwn || isOfTheFamily || !sent.contains(SECRET), "a secret goes to " + uri);
      Canned canned = answers.get(Math.min(requests++, answers.size() - 1));
      saidYes |= canned.status() < 300 || canned.status() == 404;
      return canned;
    }

    boolean saidYes() {
      return saidYes;
    }
  }
}
