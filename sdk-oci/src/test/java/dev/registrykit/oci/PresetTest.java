package dev.registrykit.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.DeleteOptions;
import dev.registrykit.Feature;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.UnsupportedFeatureException;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciEmulatorExtension;
import dev.registrykit.testkit.TagContent;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of known registries, row by row, and where each is. */
class PresetTest extends ReadingTest {

  @RegisterExtension
  static final OciEmulatorExtension OCI = new OciEmulatorExtension();

  private static final Set<Feature> DELETIONS = EnumSet.of(
      Feature.DELETE_TAG,
      Feature.DELETE_IMAGE,
      Feature.FORCE_DELETE,
      Feature.DELETE_ONLY_IF_DIGEST);

  private static OciRegistry at(String registry) {
    return OciRegistry.builder().registry(registry).httpOptions(httpOptions()).build();
  }

  private OciRegistry with(OciPreset preset) {
    return builder().preset(preset).build();
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, DOCKER_HUB",
    "index.docker.io, DOCKER_HUB",
    "registry-1.docker.io, DOCKER_HUB",
    "registry.hub.docker.com, DOCKER_HUB",
    "DOCKER.IO, DOCKER_HUB",
    "https://index.docker.io/v1/, DOCKER_HUB",
    "hub.docker.com, GENERIC",
    "docker.io.example.org, GENERIC",
    "xdocker.io, GENERIC",
    "registry-2.docker.io, GENERIC",
    "ghcr.io, GHCR",
    "GHCR.io, GHCR",
    "my.ghcr.io, GENERIC",
    "quay.io, QUAY",
    "cdn.quay.io, GENERIC",
    "registry.gitlab.com, GITLAB",
    "registry.gitlab.example.org, GENERIC",
    "123456789012.dkr.ecr.eu-west-3.amazonaws.com, ECR",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com, ECR",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, ECR",
    "12345678901.dkr.ecr.eu-west-3.amazonaws.com, GENERIC",
    "1234567890123.dkr.ecr.eu-west-3.amazonaws.com, GENERIC",
    "x.123456789012.dkr.ecr.eu-west-3.amazonaws.com, GENERIC",
    "123456789012.dkr.ecr.eu-west-3.amazonaws.com.example.org, GENERIC",
    "123456789012.dkr.ecr.eu-west-3.amazonaws.com.br, GENERIC",
    "123456789012-dkr.ecr.eu-west-3.amazonaws.com, GENERIC",
    "public.ecr.aws, GENERIC",
    "myregistry.azurecr.io, ACR",
    "my-registry1.azurecr.cn, ACR",
    "myregistry.azurecr.us, ACR",
    "azurecr.io, GENERIC",
    "a.b.azurecr.io, GENERIC",
    "my--registry.azurecr.io, GENERIC",
    "myregistry.azurecr.io.example.org, GENERIC",
    "myregistryxazurecr.io, GENERIC",
    "europe-west1-docker.pkg.dev, ARTIFACT_REGISTRY",
    "us-docker.pkg.dev, ARTIFACT_REGISTRY",
    "gcr.io, ARTIFACT_REGISTRY",
    "eu.gcr.io, ARTIFACT_REGISTRY",
    "docker.pkg.dev, GENERIC",
    "us-npm.pkg.dev, GENERIC",
    "us-docker.pkg.dev.example.org, GENERIC",
    "a.us-docker.pkg.dev, GENERIC",
    "x.y.gcr.io, GENERIC",
    "xgcr.io, GENERIC",
    "rg.fr-par.scw.cloud, SCALEWAY",
    "rg.nl-ams.scw.cloud, SCALEWAY",
    "fr-par.scw.cloud, GENERIC",
    "rg.fr-par.scw.cloud.example.org, GENERIC",
    "us.registry.blaxel.ai, BLAXEL",
    "eu.registry.blaxel.dev, BLAXEL",
    "ap.registry.blaxel.ai, GENERIC",
    "registry.blaxel.ai, GENERIC",
    "crg.apkg.io, BITBUCKET",
    "apkg.io, GENERIC",
    "registry.example.org:5000, GENERIC",
    "ghcr.io:443, GHCR",
    "localhost, GENERIC"
  })
  void theHostSaysWhichRegistryItIs(String host, OciPreset expected) {
    try (OciRegistry registry = at(host)) {
      assertEquals(expected, registry.preset());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, https://registry-1.docker.io",
    "index.docker.io, https://registry-1.docker.io",
    "registry.hub.docker.com, https://registry-1.docker.io",
    "docker.io:443, https://registry-1.docker.io",
    "http://docker.io, https://registry-1.docker.io",
    "https://index.docker.io/v1/, https://registry-1.docker.io",
    "registry-1.docker.io, https://registry-1.docker.io",
    "ghcr.io, https://ghcr.io",
    "registry.example.org, https://registry.example.org",
    "registry.example.org:5000, https://registry.example.org:5000",
    "http://registry.example.org, http://registry.example.org",
    "https://registry.example.org/oci/, https://registry.example.org/oci",
    "localhost, http://localhost",
    "localhost:5000, http://localhost:5000",
    "127.0.0.1:5000, http://127.0.0.1:5000",
    "127.1.2.3, http://127.1.2.3",
    "[::1]:5000, http://[::1]:5000",
    "https://localhost:5000, https://localhost:5000",
    "128.0.0.1, https://128.0.0.1",
    "localhost.example.org, https://localhost.example.org",
    "127.0.0.1.example.org, https://127.0.0.1.example.org",
    "[::2]:5000, https://[::2]:5000"
  })
  void aHostIsAskedOverHttpsButForThisMachinesOwn(String place, URI expected) {
    try (OciRegistry registry = at(place)) {
      assertEquals(expected, registry.baseUrl());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DOCKER_HUB, https://registry-1.docker.io",
    "GHCR, https://ghcr.io",
    "QUAY, https://quay.io",
    "GITLAB, https://registry.gitlab.com",
    "BITBUCKET, https://crg.apkg.io"
  })
  void aPresetOfOneHostIsEnough(OciPreset preset, URI expected) {
    try (OciRegistry registry =
        OciRegistry.builder().preset(preset).httpOptions(httpOptions()).build()) {
      assertEquals(expected, registry.baseUrl());
      assertEquals(preset, registry.preset());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OciPreset.class,
      names = {"GENERIC", "HARBOR", "ECR", "ACR", "ARTIFACT_REGISTRY", "SCALEWAY", "BLAXEL"})
  void aPresetOfManyHostsNeedsOne(OciPreset preset) {
    OciRegistryBuilder builder = OciRegistry.builder().preset(preset);

    var failure = assertThrows(IllegalArgumentException.class, builder::build);

    assertEquals(
        "the preset " + preset + " stands for many hosts: set one with registry(…)",
        failure.getMessage());
  }

  @Test
  void withoutAPresetAHostIsNeeded() {
    var failure =
        assertThrows(IllegalArgumentException.class, () -> OciRegistry.builder().build());

    assertEquals("no registry: set it with registry(…) or preset(…)", failure.getMessage());
  }

  @Test
  void aPresetThatIsSetWinsOverTheHost() {
    try (OciRegistry registry = OciRegistry.builder()
        .registry("ghcr.io")
        .preset(OciPreset.HARBOR)
        .httpOptions(httpOptions())
        .build()) {
      assertEquals(OciPreset.HARBOR, registry.preset());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GENERIC, 1000",
    "DOCKER_HUB, 100",
    "GHCR, 1000",
    "QUAY, 100",
    "GITLAB, 100",
    "HARBOR, 1000",
    "ECR, 1000",
    "ACR, 1000",
    "ARTIFACT_REGISTRY, 1000",
    "SCALEWAY, 1000",
    "BLAXEL, 1000",
    "BITBUCKET, 100"
  })
  void pagesAreAsLargeAsTheRegistryTakes(OciPreset preset, int size) {
    emulator.addTag("shop/app", "1.0", TagContent.of("x").withDates(DAY, null));
    ListTagsOptions larger = ListTagsOptions.defaults().withPageSize(size + 1);

    try (OciRegistry registry = with(preset)) {
      registry.listTags(APP).toList();
      assertThrows(IllegalArgumentException.class, () -> registry.listTags(APP, larger));
      if (registry.supports(Feature.LIST_IMAGES)) {
        ListImagesOptions images = ListImagesOptions.defaults().withPageSize(size + 1);
        assertThrows(IllegalArgumentException.class, () -> registry.listImages(images));
      }
    }

    assertSent("GET /v2/shop/app/tags/list?n=" + size);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "DOCKER_HUB, \"; it has no public catalogue\"",
        "GHCR, \"; use sdk-github\"",
        "ARTIFACT_REGISTRY, \"; use the Artifact Registry API\"",
        "SCALEWAY, \"; use sdk-scaleway\"",
        "BLAXEL, \"; use sdk-blaxel\""
      })
  void whereThereIsNoCatalogueTheAdviceSaysWhatElseToDo(OciPreset preset, String advice) {
    try (OciRegistry registry = with(preset)) {
      var failure = assertThrows(UnsupportedFeatureException.class, registry::listImages);

      assertEquals("list images failed: oci cannot do that" + advice, failure.getMessage());
      assertFalse(registry.supports(Feature.LIST_IMAGES));
    }
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "DOCKER_HUB, \"; use Docker Hub's own API on hub.docker.com\"",
        "GHCR, \"; use sdk-github\"",
        "SCALEWAY, \"; use sdk-scaleway\"",
        "BLAXEL, \"; use sdk-blaxel\""
      })
  void whereNothingCanBeDeletedTheAdviceSaysWhatElseToDo(OciPreset preset, String advice) {
    try (OciRegistry registry = with(preset)) {
      List<Consumer<OciRegistry>> deletions = List.of(
          one -> one.deleteTag(APP, "1.0"),
          one -> one.deleteTag(APP, "1.0", DeleteOptions.defaults().withForce()),
          one -> one.deleteImage(APP, DeleteOptions.defaults()),
          one -> one.deleteManifest(
              APP, OciEmulator.digestOf("x"), DeleteOptions.defaults().withForce()));
      for (Consumer<OciRegistry> deletion : deletions) {
        var failure =
            assertThrows(UnsupportedFeatureException.class, () -> deletion.accept(registry));
        assertTrue(failure.getMessage().startsWith("delete a"), failure.getMessage());
        assertTrue(failure.getMessage().endsWith(advice), failure.getMessage());
      }
      DELETIONS.forEach(feature -> assertFalse(registry.supports(feature), feature.name()));
    }
    assertNothingSent();
  }

  @ParameterizedTest
  @EnumSource(OciPreset.class)
  void whatElseARegistryCannotDoIsTheSameForAll(OciPreset preset) {
    Set<OciPreset> withoutCatalogue = EnumSet.of(
        OciPreset.DOCKER_HUB,
        OciPreset.GHCR,
        OciPreset.ARTIFACT_REGISTRY,
        OciPreset.SCALEWAY,
        OciPreset.BLAXEL);
    Set<OciPreset> withoutDeletions =
        EnumSet.of(OciPreset.DOCKER_HUB, OciPreset.GHCR, OciPreset.SCALEWAY, OciPreset.BLAXEL);
    Set<Feature> expected = EnumSet.of(
        Feature.TAG_UPDATED_AT,
        Feature.ORDER_BY_UPDATED,
        Feature.SERVER_ORDER_BY_NAME,
        Feature.SERVER_ORDER_BY_CREATED,
        Feature.SERVER_ORDER_BY_UPDATED,
        Feature.SERVER_ORDER_BY_CHANGED);
    if (withoutCatalogue.contains(preset)) {
      expected.add(Feature.LIST_IMAGES);
    }
    if (withoutDeletions.contains(preset)) {
      expected.addAll(DELETIONS);
    }

    try (OciRegistry registry = with(preset)) {
      Set<Feature> missing = EnumSet.noneOf(Feature.class);
      Arrays.stream(Feature.values())
          .filter(feature -> !registry.supports(feature))
          .forEach(missing::add);
      assertEquals(expected, missing);
    }
    assertNothingSent();
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, library/nginx",
    "docker.io/nginx, library/nginx",
    "docker.io/library/nginx:1.27, library/nginx",
    "index.docker.io/nginx, library/nginx",
    "registry-1.docker.io/nginx, library/nginx",
    "registry.hub.docker.com/library/nginx, library/nginx",
    "DOCKER.IO/nginx, library/nginx",
    "docker.io/grafana/loki, grafana/loki",
    "grafana/loki, grafana/loki"
  })
  void onDockerHubAShortNameIsInTheLibrary(String reference, String repository) {
    emulator.addTag(repository, "1.27", TagContent.of("x").withDates(DAY, null));

    try (OciRegistry hub = with(OciPreset.DOCKER_HUB)) {
      assertEquals(
          ImageRef.of(repository), hub.getTag(ImageRef.parse(reference), "1.27").image());
    }
    assertEquals(
        "/v2/" + repository + "/manifests/1.27", emulator.requests().get(0).rawPath());
  }

  @Test
  void elsewhereAShortNameIsNotChanged() {
    emulator.addTag("nginx", "1.27", TagContent.of("x").withDates(DAY, null));

    assertEquals(
        ImageRef.of("nginx"), registry.getTag(ImageRef.of("nginx"), "1.27").image());
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, ghcr.io/shop/app",
    "docker.io, docker.io:5000/shop/app",
    "docker.io, hub.docker.com/shop/app",
    "ghcr.io, docker.io/shop/app",
    "ghcr.io, ghcr.io:5000/shop/app",
    "registry.example.org:5000, registry.example.org/shop/app",
    "registry.example.org:5000, registry.example.org:5001/shop/app",
    "registry.example.org, registry.example.org:5000/shop/app",
    "registry.example.org, x.registry.example.org/shop/app",
    "http://registry.example.org, registry.example.org:443/shop/app",
    "quay.io, localhost/shop/app"
  })
  void referencesOfOtherRegistriesAreRefused(String host, String reference) {
    try (OciRegistry registry = at(host)) {
      ImageRef image = ImageRef.parse(reference);

      assertThrows(IllegalArgumentException.class, () -> registry.listTags(image));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, docker.io/shop/app",
    "docker.io, registry-1.docker.io:443/shop/app",
    "ghcr.io, GHCR.io/shop/app",
    "ghcr.io, ghcr.io:443/shop/app",
    "registry.example.org:5000, registry.example.org:5000/shop/app",
    "registry.example.org:443, registry.example.org/shop/app",
    "http://registry.example.org, registry.example.org:80/shop/app",
    "'[::1]:5000', '[::1]:5000/shop/app'"
  })
  void referencesOfThisRegistryAreTaken(String host, String reference) {
    try (OciRegistry registry = at(host)) {
      registry.listTags(ImageRef.parse(reference)); // sends nothing
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ghcr.io/shop",
        "user@ghcr.io",
        "user:hush@ghcr.io",
        "https://user:hush@ghcr.io",
        "my_registry",
        "ghcr.io:",
        "ghcr.io:port",
        "ghcr.io:123456",
        "ghcr.io:0",
        "ghcr.io:70000",
        "::1",
        "[::1",
        "ghcr.io\n",
        " ghcr.io",
        "gh cr.io",
        "caf\u00e9.example.org",
        "ftp://ghcr.io",
        "oci://ghcr.io",
        "https://",
        "https://ghcr.io?x=1",
        "https://ghcr.io#x",
        "https://ghcr.io/a/../b",
        "https://ghcr.io//b",
        "-",
        "..",
        "a..b"
      })
  void whatIsNeitherAHostNorAUrlIsRefusedWithoutRepeatingAPassword(String registry) {
    var failure = assertThrows(
        IllegalArgumentException.class, () -> OciRegistry.builder().registry(registry));

    assertFalse(failure.getMessage().contains("hush"), failure.getMessage());
  }
}
