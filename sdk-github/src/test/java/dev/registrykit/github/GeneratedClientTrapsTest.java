package dev.registrykit.github;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.ImageRef;
import dev.registrykit.Registry;
import dev.registrykit.github.internal.generated.api.PackagesApi;
import dev.registrykit.github.internal.generated.model.VersionDocument;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.Fault;
import dev.registrykit.testsupport.provider.GeneratedClientTraps;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known to be wrong with the generated client, here and at every provider. */
class GeneratedClientTrapsTest extends GithubTest implements GeneratedClientTraps {

  @Override
  public Emulator populated() {
    emulator.addTag(PATH, "1.0");
    return emulator;
  }

  @Override
  public ImageRef image() {
    return APP;
  }

  @Override
  public Registry opened(HttpOptions options) {
    return builder().httpOptions(options).build();
  }

  @Override
  public String loginHeader() {
    return "Authorization";
  }

  @Override
  public Class<GithubRegistry> facade() {
    return GithubRegistry.class;
  }

  @Override
  public Map<Class<?>, Object> examples() {
    return Map.of();
  }

  @Override
  public Class<?> anApi() {
    return PackagesApi.class;
  }

  @Override
  public Class<?> aModel() {
    return VersionDocument.class;
  }

  @Override
  public Set<String> operations() {
    Set<String> operations = new HashSet<>(Set.of("OwnersApi.getAccount", "OwnersApi.getMe"));
    for (String owner : List.of("Org", "User", "Me")) {
      for (String operation : List.of("list%ss", "get%s", "delete%s", "restore%s")) {
        for (String thing : List.of("Package", "Version")) {
          operations.add(thing + "sApi." + operation.formatted(thing) + "For" + owner);
        }
      }
    }
    return operations;
  }

  @Override
  public Set<String> models() {
    return Set.of(
        "AccountDocument",
        "ContainerMetadata",
        "PackageDocument",
        "VersionDocument",
        "VersionMetadata");
  }

  /** Identifiers above two thousand millions were not seen yet, and will be. */
  @Test
  void identifiersAreOf64Bits() {
    emulator.failNext(Fault.json(
        200,
        "[{\"id\":9007199254740993,\"name\":\"" + Emulator.digestOf("x")
            + "\",\"created_at\":\"2024-01-01T00:00:00Z\",\"updated_at\":\"2024-01-01T00:00:00Z\","
            + "\"metadata\":{\"container\":{\"tags\":[\"caf\u00e9\"]}}}]"));

    assertEquals(
        "9007199254740993:caf\u00e9",
        registry.listTags(APP).toList().get(0).providerId().orElseThrow());
  }
}
