package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.TagOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filters by exact name and by prefix. */
abstract class FilterContract extends ContractTheme {

  private static final ListTagsOptions DEFAULTS = ListTagsOptions.defaults();

  FilterContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @BeforeEach
  void addTagsThatResembleEachOther() {
    addTags("1", "1.0", "1.0.1", "1x0", "10", "11.0", "RC-1", "rc-1", "rc-2");
  }

  private List<String> list(ListTagsOptions options) {
    return names(registry().listTags(app(), options));
  }

  @Test
  void anExactNameListsThatTagAlone() {
    assertEquals(List.of("1.0"), list(DEFAULTS.withName("1.0")));
  }

  @Test
  void anExactNameIsFoundOnWhateverPage() {
    assertEquals(List.of("rc-2"), list(DEFAULTS.withName("rc-2").withPageSize(1)));
  }

  @Test
  void anExactNameThatIsMissingListsNothing() {
    assertEquals(List.of(), list(DEFAULTS.withName("1.0.")));
  }

  @Test
  void anExactNameTellsUpperFromLowerCase() {
    assertEquals(List.of("RC-1"), list(DEFAULTS.withName("RC-1")));
    assertEquals(List.of(), list(DEFAULTS.withName("RC-2")));
  }

  @Test
  void aPrefixListsTheTagsThatBeginSo() {
    assertEquals(Set.of("1.0", "1.0.1"), new HashSet<>(list(DEFAULTS.withNamePrefix("1."))));
    assertEquals(List.of(), list(DEFAULTS.withNamePrefix("2")));
  }

  @Test
  void aPrefixTellsUpperFromLowerCase() {
    assertEquals(Set.of("rc-1", "rc-2"), new HashSet<>(list(DEFAULTS.withNamePrefix("rc"))));
  }

  @Test
  void pagesWithoutAMatchDoNotEndTheListing() {
    ListTagsOptions one = DEFAULTS.withNamePrefix("rc-").withPageSize(1);

    assertEquals(Set.of("rc-1", "rc-2"), new HashSet<>(list(one)));
  }

  @Test
  void aFilterGoesWithAnOrder() {
    ListTagsOptions descending = DEFAULTS.withNamePrefix("1.").withOrder(TagOrder.NAME_DESC);

    if (!lacks(Feature.ORDER_BY_NAME, () -> list(descending))) {
      assertEquals(List.of("1.0.1", "1.0"), list(descending));
    }
  }

  @Test
  void aNameAndAPrefixContradictEachOther() {
    ListTagsOptions named = DEFAULTS.withName("1.0");

    assertThrows(IllegalArgumentException.class, () -> named.withNamePrefix("1"));
  }
}
