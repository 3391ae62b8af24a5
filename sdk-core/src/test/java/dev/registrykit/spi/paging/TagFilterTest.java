package dev.registrykit.spi.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagFilterTest {

  private static final String DIGITS = "0123456789abcdef".repeat(4);

  static List<String> referrers() {
    return List.of(
        "sha256-" + DIGITS,
        "sha256-" + DIGITS + ".sig",
        "sha256-" + DIGITS + ".att",
        "sha256-" + DIGITS + ".sbom",
        "sha256-" + DIGITS + ".att.sig",
        "sha384-" + DIGITS,
        "sha512-" + DIGITS);
  }

  @ParameterizedTest
  @MethodSource("referrers")
  void tagsOfReferrersAreHousekeeping(String name) {
    assertTrue(TagFilter.isHousekeeping(name));
  }

  static List<String> peoplesOwn() {
    return List.of(
        "sha256-foo",
        "sha256-" + DIGITS.substring(1),
        "sha256-" + DIGITS + "0",
        "sha256-" + DIGITS.toUpperCase(),
        "sha256-" + DIGITS + ".",
        "sha256-" + DIGITS + "-sig",
        "sha256-" + DIGITS + ".SIG",
        "x-sha256-" + DIGITS,
        "sha1-" + DIGITS,
        "main-" + DIGITS,
        DIGITS);
  }

  @ParameterizedTest
  @MethodSource("peoplesOwn")
  void whatPeopleTagByStays(String name) {
    assertFalse(TagFilter.isHousekeeping(name));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theyGoOnlyWhereTheOptionsSaySo(boolean listed) {
    ListTagsOptions options = ListTagsOptions.defaults().withHousekeepingTags(listed);

    assertEquals(listed, TagFilter.of(options).test(tag(referrers().get(1))));
    assertTrue(TagFilter.of(options).test(tag("1.2")));
  }

  @Test
  void theyAreListedByDefault() {
    assertTrue(TagFilter.of(ListTagsOptions.defaults()).test(tag(referrers().get(0))));
  }

  @Test
  void nameAndPrefixAreTakenExactly() {
    List<Tag> tags =
        Stream.of("1.2", "1.2.3", "1x2", "V1", "v1").map(TagFilterTest::tag).toList();

    assertEquals(List.of("1.2"), names(tags, ListTagsOptions.defaults().withName("1.2")));
    assertEquals(
        List.of("1.2", "1.2.3"), names(tags, ListTagsOptions.defaults().withNamePrefix("1.2")));
    assertEquals(List.of("v1"), names(tags, ListTagsOptions.defaults().withNamePrefix("v")));
  }

  private static List<String> names(List<Tag> tags, ListTagsOptions options) {
    return tags.stream().filter(TagFilter.of(options)).map(Tag::name).toList();
  }

  private static Tag tag(String name) {
    return Tag.builder(ImageRef.of("ns/app"), name).build();
  }
}
