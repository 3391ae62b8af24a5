package dev.registrykit.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.registrykit.Feature;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Page;
import dev.registrykit.PagedIterable;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Listing tags: all of them, once, with what was asked for. */
abstract class TagListingContract extends ContractTheme {

  private static final ListTagsOptions DEFAULTS = ListTagsOptions.defaults();

  TagListingContract(Supplier<RegistryFixture> fixture) {
    super(fixture);
  }

  @Test
  void everyTagOfTheImageIsListedAndNoOther() {
    addTags("1.0", "1.1", "latest");
    addTag(fixture().image("other"), "foreign", "foreign");

    List<Tag> tags = registry().listTags(app()).toList();

    assertEquals(Set.of("1.0", "1.1", "latest"), new HashSet<>(names(tags)));
    assertEquals(3, tags.size(), () -> "a tag came twice: " + tags);
    tags.forEach(tag -> assertEquals(app(), tag.image()));
  }

  @Test
  void manyTagsOverManyPagesAreListedWithoutLoss() {
    List<String> all = numbered(250);
    all.forEach(name -> addTag(app(), name, "shared"));
    int pageSize = Math.min(20, fixture().maxPageSize());

    List<String> listed = names(registry().listTags(app(), DEFAULTS.withPageSize(pageSize)));

    assertEquals(new HashSet<>(all), new HashSet<>(listed));
    assertEquals(250, listed.size(), "a tag came twice");
  }

  @Test
  void itemsPagesStreamAndListAgree() {
    addTags("1", "2", "3", "4", "5");
    PagedIterable<Tag> tags = registry().listTags(app(), DEFAULTS.withPageSize(2));
    List<Tag> expected = tags.toList();

    List<Tag> byItem = new ArrayList<>();
    tags.forEach(byItem::add);
    List<Tag> byPage = new ArrayList<>();
    tags.pages().forEach(page -> byPage.addAll(page.items()));
    List<Tag> byNextPage = new ArrayList<>(tags.firstPage().items());
    for (Page<Tag> page = tags.firstPage(); page.hasNext(); ) {
      page = page.next();
      byNextPage.addAll(page.items());
    }

    assertEquals(5, expected.size());
    assertAll(
        () -> assertEquals(expected, byItem, "iterator()"),
        () -> assertEquals(expected, tags.stream().toList(), "stream()"),
        () -> assertEquals(expected, byPage, "pages()"),
        () -> assertEquals(expected, byNextPage, "firstPage() and next()"));
  }

  @Test
  void everyIterationStartsAnew() {
    addTags("1", "2", "3");
    PagedIterable<Tag> tags = registry().listTags(app(), DEFAULTS.withPageSize(2));
    tags.iterator().next();

    assertEquals(3, tags.toList().size());
    addTags("4");
    assertEquals(Set.of("1", "2", "3", "4"), new HashSet<>(names(tags)));
  }

  @Test
  void anIteratorEndsAsIteratorsDo() {
    addTags("1");
    Iterator<Tag> tags = registry().listTags(app()).iterator();

    assertEquals("1", tags.next().name());
    assertFalse(tags.hasNext());
    assertThrows(NoSuchElementException.class, tags::next);
  }

  @Test
  void whatIsHandedOutCannotBeChanged() {
    addTags("1", "2");
    PagedIterable<Tag> tags = registry().listTags(app());
    Iterator<Tag> iterator = tags.iterator();
    iterator.next();

    List<Tag> list = tags.toList();
    List<Tag> items = tags.firstPage().items();
    assertThrows(UnsupportedOperationException.class, list::clear);
    assertThrows(UnsupportedOperationException.class, () -> items.remove(0));
    assertThrows(UnsupportedOperationException.class, iterator::remove);
    assertTagsLeft(app(), "1", "2");
  }

  @Test
  void aTagInTheReferenceIsNotLookedAt() {
    addTags("1", "2");

    ImageRef withTag = ImageRef.parse(app().path() + ":1");

    assertEquals(Set.of("1", "2"), new HashSet<>(names(registry().listTags(withTag))));
  }

  @Test
  void anImageWithoutTagsListsNone() {
    fixture().addImage(app());

    if (differs(Difference.IMAGES_NEED_TAGS)) {
      assertListsAsMissing(app());
    } else {
      assertEquals(List.of(), registry().listTags(app()).toList());
    }
  }

  @Test
  void aMissingImageIsToldFromAnEmptyOne() {
    addTags("1");

    assertListsAsMissing(fixture().image("missing"));
  }

  private void assertListsAsMissing(ImageRef image) {
    PagedIterable<Tag> tags = registry().listTags(image);
    if (differs(Difference.MISSING_IMAGE_LISTS_NO_TAGS)) {
      assertEquals(List.of(), tags.toList());
    } else {
      ImageNotFoundException e = assertThrows(ImageNotFoundException.class, tags::toList);
      assertEquals(image, e.image());
    }
  }

  @Test
  void digestsComeWhenAskedFor() {
    Map<String, Optional<String>> expected = new HashMap<>();
    for (String name : List.of("1.0", "1.1")) {
      expected.put(name, addTag(app(), name, name));
    }
    expected.put("latest", addTag(app(), "latest", "1.1"));
    if (!registry().supports(Feature.TAG_DIGEST)) {
      expected.replaceAll((name, digest) -> Optional.empty());
    }

    Map<String, Optional<String>> listed = new HashMap<>();
    registry()
        .listTags(app(), DEFAULTS.withDetail(TagDetail.DIGEST))
        .forEach(tag -> listed.put(tag.name(), tag.digest()));

    assertEquals(expected, listed);
  }

  @Test
  void datesComeWhenAskedFor() {
    Instant later = NOON.plusSeconds(60);
    fixture().addTag(app(), "1.0", "1.0", NOON, later);

    List<Tag> tags =
        registry().listTags(app(), DEFAULTS.withDetail(TagDetail.FULL)).toList();

    assertEquals(1, tags.size());
    assertEquals(ifSupported(Feature.TAG_CREATED_AT, NOON), tags.get(0).createdAt(), "created");
    assertEquals(ifSupported(Feature.TAG_UPDATED_AT, later), tags.get(0).updatedAt(), "updated");
  }
}
