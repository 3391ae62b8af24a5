package dev.registrykit.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.Feature;
import dev.registrykit.Registries;
import dev.registrykit.Registry;
import dev.registrykit.Support;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.testkit.BlaxelEmulator;
import dev.registrykit.testkit.Emulator;
import dev.registrykit.testkit.GithubEmulator;
import dev.registrykit.testkit.InMemoryRegistry;
import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.ScalewayEmulator;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * README's table of abilities says what {@link Registry#support} says, whose answers the contract suite
 * holds every provider to.
 */
class AbilitiesTest {

  private static final Pattern TABLE = Pattern.compile(
      "(?m)^\\| +\\| Scaleway \\| Blaxel \\| GitHub \\| OCI registries \\| in memory \\|\\n((?:\\|.*\\n)+)");

  /** What each row is about; where there are two, the second says that the server itself does it. */
  private static final Map<String, List<Feature>> ROWS = rows();

  private static Map<String, List<Feature>> rows() {
    Map<String, List<Feature>> rows = new LinkedHashMap<>();
    rows.put("list images", List.of(Feature.LIST_IMAGES));
    rows.put("tags have digests", List.of(Feature.TAG_DIGEST));
    rows.put("tags have creation dates", List.of(Feature.TAG_CREATED_AT));
    rows.put("tags have update dates", List.of(Feature.TAG_UPDATED_AT));
    rows.put("tags have sizes", List.of(Feature.TAG_SIZE));
    rows.put("order by name", List.of(Feature.ORDER_BY_NAME, Feature.SERVER_ORDER_BY_NAME));
    rows.put(
        "order by creation", List.of(Feature.ORDER_BY_CREATED, Feature.SERVER_ORDER_BY_CREATED));
    rows.put("order by update", List.of(Feature.ORDER_BY_UPDATED, Feature.SERVER_ORDER_BY_UPDATED));
    rows.put("newest first", List.of(Feature.ORDER_BY_CHANGED, Feature.SERVER_ORDER_BY_CHANGED));
    rows.put("delete one tag alone", List.of(Feature.DELETE_TAG));
    rows.put("delete an image", List.of(Feature.DELETE_IMAGE));
    rows.put("delete siblings by force", List.of(Feature.FORCE_DELETE));
    rows.put("delete only if the digest fits", List.of(Feature.DELETE_ONLY_IF_DIGEST));
    return rows;
  }

  @Test
  void theTableSaysWhatTheProvidersSay() {
    assertEquals(String.join("\n", said()), String.join("\n", written()));
  }

  @Test
  void noAbilityIsLeftOut() {
    Set<Feature> told = EnumSet.noneOf(Feature.class);
    ROWS.values().forEach(told::addAll);
    assertEquals(EnumSet.allOf(Feature.class), told);
  }

  private static List<String> said() {
    try (ScalewayEmulator scaleway = ScalewayEmulator.start();
        BlaxelEmulator blaxel = BlaxelEmulator.start();
        GithubEmulator github = GithubEmulator.start();
        OciEmulator oci = OciEmulator.start();
        Registry first = open(scaleway);
        Registry second = open(blaxel);
        Registry third = open(github);
        Registry fourth = open(oci);
        Registry fifth = InMemoryRegistry.create()) {
      List<Registry> registries = List.of(first, second, third, fourth, fifth);
      return ROWS.entrySet().stream()
          .map(row -> "| " + row.getKey() + cells(row.getValue(), registries) + " |")
          .toList();
    }
  }

  private static Registry open(Emulator emulator) {
    return Registries.open(emulator.uri(), emulator.environment(), HttpOptions.defaults());
  }

  private static String cells(List<Feature> features, List<Registry> registries) {
    StringBuilder cells = new StringBuilder();
    for (Registry registry : registries) {
      cells.append(" | ").append(cell(features, registry));
    }
    return cells.toString();
  }

  private static String cell(List<Feature> features, Registry registry) {
    Support support = registry.support(features.get(0));
    if (support != Support.YES) {
      return support == Support.NO ? "–" : "varies";
    }
    if (features.size() == 1) {
      return "yes";
    }
    return registry.supports(features.get(1)) ? "server" : "SDK";
  }

  /** The rows of README, without the marks of footnotes. */
  private static List<String> written() {
    Matcher table = TABLE.matcher(Pages.text(Pages.README));
    assertTrue(table.find(), "README has no table of abilities");
    return Arrays.stream(table.group(1).split("\n"))
        .filter(row -> !row.startsWith("|---"))
        .map(row -> row.replaceAll(" ?[¹²³]", ""))
        .toList();
  }
}
