package dev.registrykit.reliability;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelImageFilter;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.blaxel.CreateImageOptions;
import dev.registrykit.blaxel.ShareDirection;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.github.GithubWithoutWaits;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.oci.OciManifest;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.oci.OciWithoutWaits;
import dev.registrykit.reliability.Operation.Claims;
import dev.registrykit.scaleway.CreateNamespaceOptions;
import dev.registrykit.scaleway.ScalewayImageFilter;
import dev.registrykit.scaleway.ScalewayRegistry;
import dev.registrykit.scaleway.UpdateNamespaceOptions;
import dev.registrykit.scaleway.Visibility;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.GithubEmulator.TokenKind;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.ScalewayEmulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The registries that the matrix is about. */
enum Sites {
  SCALEWAY(Scaleway::new),
  BLAXEL(Blaxel::new),
  /** Two services in one: a tag goes with its version, or by way of a placeholder, whose version is deleted. */
  GITHUB(Github::new),
  /** Deletes manifests only, so that a tag goes by way of a placeholder; wants tokens. */
  DOCKER_REGISTRY_2(() -> new Oci(OciPersonality.DISTRIBUTION_2, true)),
  /** Deletes tags; wants a password. */
  DISTRIBUTION_3(() -> new Oci(OciPersonality.DISTRIBUTION_3_0, false));

  private final Supplier<Site<? extends Registry>> start;

  Sites(Supplier<Site<? extends Registry>> start) {
    this.start = start;
  }

  /** Returns how many clients of the JDK's it has: GitHub one for each half, which before Java 21 are one. */
  int clients() {
    return this == GITHUB && Runtime.version().feature() >= 21 ? 2 : 1;
  }

  /** Starts an emulator. */
  Site<? extends Registry> start() {
    return start.get();
  }

  private static final class Scaleway extends Site<ScalewayRegistry> {

    private final ScalewayEmulator emulator;

    Scaleway() {
      this(ScalewayEmulator.start());
    }

    private Scaleway(ScalewayEmulator emulator) {
      super(emulator, "shop");
      this.emulator = emulator;
    }

    @Override
    ScalewayRegistry open(URI address, HttpOptions options) {
      return ScalewayRegistry.builder()
          .region(emulator.region())
          .secretKey(emulator.secretKey())
          .projectId("6a1c8b7e-0000-4000-8000-000000000001")
          .baseUrl(address.toString())
          .httpOptions(options)
          .build();
    }

    @Override
    List<String> secrets() {
      return List.of(emulator.secretKey());
    }

    private static Object namespaces(ScalewayRegistry registry) {
      return registry.listNamespaces().stream()
          .map(namespace -> namespace.name() + namespace.visibility() + namespace.description())
          .sorted()
          .toList();
    }

    @Override
    List<Operation<ScalewayRegistry>> ownOperations() {
      return List.of(
          Operation.reading(
              "listNamespaces", registry -> registry.listNamespaces().toList()),
          Operation.reading("getNamespace", registry -> registry.getNamespace("shop")),
          Operation.reading(
              "listScalewayImages",
              registry ->
                  registry.listScalewayImages(ScalewayImageFilter.defaults()).toList()),
          Operation.changing(
              "createNamespace",
              registry -> registry
                  .createNamespace(CreateNamespaceOptions.named("fresh"))
                  .name(),
              Scaleway::namespaces),
          Operation.changing(
              "updateNamespace",
              registry -> registry
                  .updateNamespace("shop", UpdateNamespaceOptions.nothing().withDescription("new"))
                  .description(),
              Scaleway::namespaces),
          Operation.changing(
              "setVisibility",
              registry -> registry.setVisibility(image, Visibility.PUBLIC).visibility(),
              registry ->
                  registry.listScalewayImages(ScalewayImageFilter.defaults()).toList()));
    }
  }

  private static final class Blaxel extends Site<BlaxelRegistry> {

    private final BlaxelEmulator emulator;

    Blaxel() {
      this(BlaxelEmulator.start());
    }

    private Blaxel(BlaxelEmulator emulator) {
      super(emulator, "sandbox");
      this.emulator = emulator;
    }

    @Override
    BlaxelRegistry open(URI address, HttpOptions options) {
      return BlaxelRegistry.builder()
          .workspace(emulator.workspace())
          .clientCredentials(emulator.clientId(), emulator.clientSecret())
          .baseUrl(address.toString())
          .httpOptions(options)
          .build();
    }

    @Override
    URI address() {
      return emulator.apiUrl();
    }

    @Override
    List<String> secrets() {
      return List.of(emulator.clientSecret());
    }

    @Override
    boolean forceTakesSiblings() {
      return false;
    }

    @Override
    List<Operation<BlaxelRegistry>> ownOperations() {
      return List.of(
          Operation.reading("describeImage", registry -> registry.describeImage(image)),
          Operation.reading(
              "listBlaxelImages",
              registry ->
                  registry.listBlaxelImages(BlaxelImageFilter.defaults()).toList()),
          Operation.reading("listShares", registry -> registry.listShares(image)),
          Operation.reading(
              "listPendingShares", registry -> registry.listPendingShares(ShareDirection.OUTGOING)),
          Operation.changing(
              "shareImage",
              registry -> registry.shareImage(image, "partner").isPending(),
              registry -> registry.listShares(image)),
          Operation.changing(
              "createImage",
              registry -> registry
                  .createImage(
                      CreateImageOptions.of(ImageRef.of("sandbox/fresh")).withoutBuild())
                  .image(),
              registry -> registry.listImages().stream()
                  .map(found -> found.ref().path())
                  .sorted()
                  .toList()));
    }
  }

  private static final class Github extends Site<GithubRegistry> {

    private final GithubEmulator emulator;

    Github() {
      this(GithubEmulator.start());
    }

    private Github(GithubEmulator emulator) {
      super(emulator, "octo-org");
      this.emulator = emulator;
    }

    @Override
    GithubRegistry open(URI address, HttpOptions options) {
      return GithubWithoutWaits.build(GithubRegistry.builder()
          .owner(emulator.owner())
          .token(emulator.token(TokenKind.CLASSIC))
          .baseUrl(address.toString())
          .registryUrl(address.toString())
          .httpOptions(options));
    }

    @Override
    List<String> secrets() {
      return List.of(emulator.token(TokenKind.CLASSIC));
    }

    @Override
    Map<String, String> tagsOf(ImageRef of) {
      return emulator.tags(of.path());
    }

    @Override
    List<Operation<GithubRegistry>> ownOperations() {
      return List.of();
    }
  }

  private static final class Oci extends Site<OciRegistry> {

    private static final String USER = "ci";
    private static final String PASSWORD = "canary-7f3a&<\"\u00e9 90";

    private final OciEmulator emulator;
    private final boolean wantsTokens;

    Oci(OciPersonality personality, boolean wantsTokens) {
      this(OciEmulator.start(personality), wantsTokens);
    }

    private Oci(OciEmulator emulator, boolean wantsTokens) {
      super(emulator, "shop");
      this.emulator = emulator;
      this.wantsTokens = wantsTokens;
    }

    @Override
    void fill() {
      super.fill();
      if (wantsTokens) {
        emulator.requireBearer(USER, PASSWORD);
      } else {
        emulator.requireBasic(USER, PASSWORD);
      }
    }

    @Override
    OciRegistry open(URI address, HttpOptions options) {
      return OciWithoutWaits.build(OciRegistry.builder()
          .registry(address.toString())
          .basic(USER, PASSWORD)
          .httpOptions(options));
    }

    @Override
    List<String> secrets() {
      return List.of(PASSWORD);
    }

    @Override
    Map<String, String> tagsOf(ImageRef of) {
      return emulator.tags(of.path());
    }

    @Override
    List<Operation<OciRegistry>> ownOperations() {
      byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + OciManifest.OCI_INDEX
              + "\",\"manifests\":[]}")
          .getBytes(StandardCharsets.UTF_8);
      return List.of(
          Operation.reading("getManifest", registry -> registry.getManifest(image, "1.0")),
          Operation.reading("resolveTag", registry -> registry.resolveTag(image, "1.0")),
          Operation.reading(
              "listReferrers",
              registry -> registry
                  .listReferrers(image, emulator.tags(image.path()).get("1.0"))
                  .toList()),
          Operation.deleting(
              "tagManifest",
              Set.of("new"),
              registry ->
                  registry.tagManifest(image, emulator.tags(image.path()).get("1.0"), "new")),
          Operation.deleting(
              "putManifest",
              Set.of("new"),
              registry -> registry.putManifest(image, "new", OciManifest.OCI_INDEX, index)),
          Operation.deleting(
              "deleteManifest",
              Set.of("1.1", "1.1-alias"),
              registry -> Claims.of(
                  registry.deleteManifest(
                      image,
                      emulator.tags(image.path()).get("1.1"),
                      DeleteOptions.defaults().withForce()),
                  "1.1")));
    }
  }
}
