package dev.registrykit.samples;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.BlaxelRegistry;
import dev.registrykit.github.GithubRegistry;
import dev.registrykit.oci.OciPreset;
import dev.registrykit.oci.OciRegistry;
import dev.registrykit.scaleway.ScalewayNamespace;
import dev.registrykit.scaleway.ScalewayRegistry;
import java.util.Map;

/** How to make each provider's registry, and something that only it can do. */
public final class Providers {

  private Providers() {}

  /** Prints the tags of an image on Scaleway. */
  public static void scaleway(Map<String, String> variables) {
    // snippet: scaleway
    try (ScalewayRegistry registry = ScalewayRegistry.builder()
        .environment(variables) // System.getenv(), with SCW_SECRET_KEY
        .region("fr-par")
        .build()) {
      Newest.print(registry, ImageRef.of("my-namespace/app"));
      for (ScalewayNamespace namespace : registry.listNamespaces()) {
        System.out.println(namespace.name() + " " + namespace.status());
      }
    }
    // end
  }

  /** Prints the tags of an image on Blaxel. */
  public static void blaxel(Map<String, String> variables) {
    // snippet: blaxel
    try (BlaxelRegistry registry = BlaxelRegistry.builder()
        .environment(variables) // System.getenv(), with BL_WORKSPACE and BL_API_KEY
        .build()) {
      ImageRef image = ImageRef.of("sandbox/my-app");
      Newest.print(registry, image);
      BlaxelImage described = registry.describeImage(image);
      System.out.println(described.status() + " " + described.events());
    }
    // end
  }

  /** Prints the tags of an image on GitHub, and deletes one that shares its version with others. */
  public static void github(Map<String, String> variables, String api, String ghcr) {
    // snippet: github
    try (GithubRegistry registry = GithubRegistry.builder()
        .environment(variables) // System.getenv(), with GITHUB_TOKEN
        .owner("my-org")
        .baseUrl(api) // https://api.github.com, as by default
        .registryUrl(ghcr) // https://ghcr.io, as by default
        .build()) {
      ImageRef image = ImageRef.of("my-org/app");
      Newest.print(registry, image);
      registry.deleteTag(image, "1.2"); // that tag, and no other
    }
    // end
  }

  /** Makes an OCI registry with a login. */
  public static OciRegistry oci(String host, String password) {
    // snippet: oci
    OciRegistry registry = OciRegistry.builder()
        .registry(host) // or a URL; http for this machine's own addresses
        .basic("ci", password)
        .build();
    // end
    return registry;
  }

  /** Makes an OCI registry of a product that runs under a host of its own. */
  public static OciRegistry preset(String host, String password) {
    // snippet: preset
    OciRegistry registry = OciRegistry.builder()
        .registry(host) // a Harbor of your own; a host that the table names needs no preset
        .preset(OciPreset.HARBOR)
        .basic("ci", password)
        .build();
    // end
    return registry;
  }

  /** Gives the image of one tag a second tag. */
  public static String promote(OciRegistry registry, ImageRef image) {
    // snippet: promote
    String digest = registry.resolveTag(image, "1.2"); // one HEAD
    registry.tagManifest(image, digest, "prod"); // moves no image
    // end
    return digest;
  }

  /** Opens a registry as one of its users does, by what Docker has stored. */
  public static Registry stored(Map<String, String> variables) {
    // snippet: stored
    Registry registry = OciRegistry.builder()
        .registry("ghcr.io")
        .environment(variables) // System.getenv()
        .build();
    // end
    return registry;
  }
}
