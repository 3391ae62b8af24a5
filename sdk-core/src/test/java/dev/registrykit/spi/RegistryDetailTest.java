package dev.registrykit.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.registrykit.Feature;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagOrder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that lists names alone is asked for the rest of each tag, and for no more than needed. */
class RegistryDetailTest {

  private static final ListTagsOptions DEFAULTS = ListTagsOptions.defaults();

  private final ScriptedRegistry registry =
      ScriptedRegistry.ofNames(Feature.SERVER_ORDER_BY_NAME, Feature.SERVER_ORDER_BY_CREATED);

  @BeforeEach
  void addTags() {
    for (String name : List.of("b", "c", "a")) {
      registry.tags.add(Tag.builder(ScriptedRegistry.APP, name).build());
    }
  }

  private List<String> names(ListTagsOptions options) {
    return registry.listTags(ScriptedRegistry.APP, options).stream()
        .map(Tag::name)
        .toList();
  }

  @Test
  void namesNeedNoDetails() {
    assertEquals(List.of("b", "c", "a"), names(DEFAULTS));
    assertEquals(List.of(), registry.details);
  }

  @Test
  void eachTagIsAskedForOnceAndKeepsItsPlace() {
    assertEquals(List.of("b", "c", "a"), names(DEFAULTS.withDetail(TagDetail.DIGEST)));
    assertEquals(Set.of("DIGEST of a", "DIGEST of b", "DIGEST of c"), Set.copyOf(registry.details));
    assertEquals(3, registry.details.size());
  }

  @Test
  void tagsThatAreFilteredOutAreNotAskedFor() {
    assertEquals(List.of("c"), names(DEFAULTS.withDetail(TagDetail.FULL).withName("c")));
    assertEquals(List.of("FULL of c"), registry.details);
  }

  @Test
  void anOrderByDateAsksForTheDates() {
    assertEquals(List.of("c", "b", "a"), names(DEFAULTS.withOrder(TagOrder.CREATED_DESC)));
    assertEquals(3, registry.details.size());
  }

  @Test
  void anOrderByNameAsksForNothing() {
    assertEquals(List.of("a", "b", "c"), names(DEFAULTS.withOrder(TagOrder.NAME_ASC)));
    assertEquals(List.of(), registry.details);
  }
}
