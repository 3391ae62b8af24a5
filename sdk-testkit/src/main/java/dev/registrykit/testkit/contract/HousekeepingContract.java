package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.registrykit.ListTagsOptions;
import dev.registrykit.TagOrder;
import dev.registrykit.spi.paging.TagOrders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tags that stand for signatures and attestations, and tags that only look as if they did. */
abstract class HousekeepingContract extends ContractTheme {

  private static final String HEX = "0123456789abcdef".repeat(4);

  private static final List<String> HOUSEKEEPING = List.of(
      "sha256-" + HEX,
      "sha256-" + HEX + ".sig",
      "sha256-" + HEX + ".att",
      "sha256-" + HEX + ".sbom");

  private static final List<String> OTHERS = List.of(
      "1.0",
      "latest",
      "1.0.sig",
      "sha256-" + HEX.substring(0, 40),
      "sha256-" + HEX + "0",
      "sha256-" + HEX.toUpperCase(Locale.ROOT),
      "app-sha256-" + HEX,
      HEX);

  private static final ListTagsOptions WITHOUT =
      ListTagsOptions.defaults().withHousekeepingTags(false).withPageSize(3);

  HousekeepingContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @BeforeEach
  void addBothKinds() {
    addTags(HOUSEKEEPING.toArray(String[]::new));
    addTags(OTHERS.toArray(String[]::new));
  }

  private Set<String> list(ListTagsOptions options) {
    List<String> listed = names(registry().listTags(app(), options));
    assertEquals(listed.size(), Set.copyOf(listed).size(), () -> "a tag came twice: " + listed);
    return new TreeSet<>(listed);
  }

  @Test
  void everyTagIsListedByDefault() {
    List<String> all = new ArrayList<>(HOUSEKEEPING);
    all.addAll(OTHERS);

    assertEquals(new TreeSet<>(all), list(ListTagsOptions.defaults()));
  }

  @TestFactory
  Stream<DynamicTest> theyAloneAreLeftOutInEveryOrder() {
    return Arrays.stream(TagOrder.values())
        .filter(order -> TagOrders.featureOf(order).map(registry()::supports).orElse(true))
        .map(order -> dynamicTest(
            order.name(),
            () -> assertEquals(new TreeSet<>(OTHERS), list(WITHOUT.withOrder(order)))));
  }

  @Test
  void theyAreLeftOutOfWhatAFilterFinds() {
    assertEquals(
        Set.of(OTHERS.get(3), OTHERS.get(4), OTHERS.get(5)),
        list(WITHOUT.withNamePrefix("sha256-")));
    assertEquals(Set.of(), list(WITHOUT.withName(HOUSEKEEPING.get(1))));
  }

  @Test
  void theyAreReadByTheirNamesAsOthersAre() {
    HOUSEKEEPING.forEach(
        name -> assertEquals(name, registry().getTag(app(), name).name()));
  }
}
