package dev.registrykit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListOptionsTest {

  private static final ListTagsOptions TAGS = ListTagsOptions.defaults();
  private static final ListImagesOptions IMAGES = ListImagesOptions.defaults();

  @Test
  void theDefaultsListEverythingInTheProvidersWay() {
    assertEquals(TagOrder.PROVIDER_DEFAULT, TAGS.order());
    assertEquals(OptionalInt.empty(), TAGS.pageSize());
    assertEquals(Optional.empty(), TAGS.name());
    assertEquals(Optional.empty(), TAGS.namePrefix());
    assertEquals(TagDetail.NAMES, TAGS.detail());
    assertEquals(Optional.empty(), TAGS.cursor());
    assertEquals(16, TAGS.concurrency());
    assertTrue(TAGS.housekeepingTags());
    assertEquals(0, TAGS.pagesAhead());
    assertEquals(Optional.empty(), TAGS.progressListener());
    assertEquals(0, IMAGES.pagesAhead());
    assertEquals(OptionalInt.empty(), IMAGES.pageSize());
    assertEquals(Optional.empty(), IMAGES.image());
    assertEquals(Optional.empty(), IMAGES.pathPrefix());
    assertEquals(Optional.empty(), IMAGES.cursor());
  }

  private static final Consumer<ListingProgress> LISTENER = progress -> {};

  @Test
  void everySettingOfTagsIsKeptWhileOthersAreSet() {
    ListTagsOptions options = TAGS.withOrder(TagOrder.UPDATED_DESC)
        .withPageSize(7)
        .withName("1.2")
        .withHousekeepingTags(false)
        .withDetail(TagDetail.FULL)
        .withCursor(new PageCursor("c"))
        .withPagesAhead(16)
        .withProgressListener(LISTENER)
        .withConcurrency(3);

    assertEquals(TagOrder.UPDATED_DESC, options.order());
    assertEquals(OptionalInt.of(7), options.pageSize());
    assertEquals(Optional.of("1.2"), options.name());
    assertEquals(TagDetail.FULL, options.detail());
    assertEquals(Optional.of(new PageCursor("c")), options.cursor());
    assertEquals(3, options.concurrency());
    assertEquals(16, options.pagesAhead());
    assertSame(LISTENER, options.progressListener().orElseThrow());
    assertFalse(options.housekeepingTags());
    assertTrue(options.withHousekeepingTags(true).housekeepingTags());
  }

  @Test
  void everySettingOfImagesIsKeptWhileOthersAreSet() {
    ListImagesOptions options = IMAGES
        .withPagesAhead(2)
        .withPathPrefix("ns/")
        .withPageSize(7)
        .withCursor(new PageCursor("c"));

    assertEquals(2, options.pagesAhead());
    assertEquals(2, IMAGES.withPagesAhead(2).withImage(ImageRef.of("ns/app")).pagesAhead());
    assertEquals(OptionalInt.of(7), options.pageSize());
    assertEquals(Optional.of("ns/"), options.pathPrefix());
    assertEquals(Optional.of(new PageCursor("c")), options.cursor());
    assertEquals(
        Optional.of(ImageRef.of("ns/app")),
        IMAGES.withImage(ImageRef.of("ns/app")).image());
  }

  @Test
  void aCopyLeavesTheOriginalAsItWas() {
    TAGS.withOrder(TagOrder.NAME_ASC);
    TAGS.withPageSize(7);
    TAGS.withNamePrefix("pr-");
    TAGS.withHousekeepingTags(false);
    IMAGES.withPageSize(7);

    theDefaultsListEverythingInTheProvidersWay();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aPageHoldsAtLeastOneItem(int pageSize) {
    assertThrows(IllegalArgumentException.class, () -> TAGS.withPageSize(pageSize));
    assertThrows(IllegalArgumentException.class, () -> IMAGES.withPageSize(pageSize));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65})
  void concurrencyIsFrom1To64(int concurrency) {
    assertThrows(IllegalArgumentException.class, () -> TAGS.withConcurrency(concurrency));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 17})
  void from0To16PagesAreReadAhead(int pages) {
    assertThrows(IllegalArgumentException.class, () -> TAGS.withPagesAhead(pages));
    assertThrows(IllegalArgumentException.class, () -> IMAGES.withPagesAhead(pages));
  }

  @Test
  void aListenerEqualsOnlyItself() {
    record Deaf() implements Consumer<ListingProgress> {
      @Override
      public void accept(ListingProgress progress) {}
    }
    Deaf one = new Deaf();

    assertEquals(TAGS.withProgressListener(one), TAGS.withProgressListener(one));
    assertNotEquals(TAGS.withProgressListener(one), TAGS.withProgressListener(new Deaf()));
    assertTrue(TAGS.withProgressListener(one).toString().endsWith("progressListener=set]"));
  }

  @Test
  void progressIsAValue() {
    ListingProgress progress = ListingProgress.of(40, OptionalLong.of(120), 30);

    assertEquals("30 of 40 tags complete, 120 in all", progress.toString());
    assertEquals(ListingProgress.of(40, OptionalLong.of(120), 30), progress);
    assertEquals(ListingProgress.of(40, OptionalLong.of(120), 30).hashCode(), progress.hashCode());
    assertNotEquals(ListingProgress.of(40, OptionalLong.empty(), 30), progress);
    assertNotEquals(ListingProgress.of(41, OptionalLong.of(120), 30), progress);
    assertNotEquals(ListingProgress.of(40, OptionalLong.of(120), 31), progress);
  }

  @Test
  void aNameAndAPrefixContradictEachOther() {
    assertThrows(IllegalArgumentException.class, () -> TAGS.withName("1.2").withNamePrefix("1."));
    assertThrows(IllegalArgumentException.class, () -> TAGS.withNamePrefix("1.").withName("1.2"));
  }

  @Test
  void anImageAndAPrefixContradictEachOther() {
    assertThrows(
        IllegalArgumentException.class,
        () -> IMAGES.withImage(ImageRef.of("ns/app")).withPathPrefix("ns/"));
    assertThrows(
        IllegalArgumentException.class,
        () -> IMAGES.withPathPrefix("ns/").withImage(ImageRef.of("ns/app")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a\n", "-x", "sha256:abc"})
  void whatNoTagCanBeginWithIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TAGS.withName(text));
    assertThrows(IllegalArgumentException.class, () -> TAGS.withNamePrefix(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/", "ns//", "../", "ns\n", "ns?", "ns:1"})
  void whatNoPathCanBeginWithIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> IMAGES.withPathPrefix(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void aCursorIsNotBlank(String text) {
    assertThrows(IllegalArgumentException.class, () -> new PageCursor(text));
  }

  @Test
  void aCursorIsStoredAsItsText() {
    assertEquals("opaque=1&x", new PageCursor("opaque=1&x").toString());
    assertEquals(new PageCursor("a"), new PageCursor("a"));
  }

  @Test
  void nullIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> TAGS.withOrder(null));
    assertThrows(NullPointerException.class, () -> TAGS.withName(null));
    assertThrows(NullPointerException.class, () -> TAGS.withNamePrefix(null));
    assertThrows(NullPointerException.class, () -> TAGS.withDetail(null));
    assertThrows(NullPointerException.class, () -> TAGS.withCursor(null));
    assertThrows(NullPointerException.class, () -> TAGS.withProgressListener(null));
    assertThrows(NullPointerException.class, () -> IMAGES.withImage(null));
    assertThrows(NullPointerException.class, () -> IMAGES.withPathPrefix(null));
    assertThrows(NullPointerException.class, () -> IMAGES.withCursor(null));
    assertThrows(NullPointerException.class, () -> new PageCursor(null));
  }

  static Stream<Object> options() {
    String digest = "sha256:" + "a".repeat(64);
    return Stream.of(
        TAGS,
        TAGS.withOrder(TagOrder.NAME_ASC),
        TAGS.withPageSize(7),
        TAGS.withName("1.2"),
        TAGS.withNamePrefix("1.2"),
        TAGS.withDetail(TagDetail.FULL),
        TAGS.withCursor(new PageCursor("c")),
        TAGS.withConcurrency(3),
        TAGS.withHousekeepingTags(false),
        TAGS.withPagesAhead(2),
        TAGS.withProgressListener(LISTENER),
        IMAGES,
        IMAGES.withPagesAhead(2),
        IMAGES.withPageSize(7),
        IMAGES.withImage(ImageRef.of("ns/app")),
        IMAGES.withPathPrefix("ns/app"),
        IMAGES.withCursor(new PageCursor("c")),
        DeleteOptions.defaults(),
        DeleteOptions.defaults().withForce(),
        DeleteOptions.defaults().ignoringMissing(),
        DeleteOptions.defaults().onlyIfDigest(digest),
        DeleteOptions.defaults().allowingSiblings(List.of("1.2")),
        WaitOptions.defaults(),
        WaitOptions.defaults().withTimeout(Duration.ZERO),
        WaitOptions.defaults().withIntervals(Duration.ofMillis(1), Duration.ofSeconds(5)),
        WaitOptions.defaults().withIntervals(Duration.ofMillis(500), Duration.ofSeconds(6)));
  }

  @Test
  void optionsDifferByEachSetting() {
    List<Object> once = options().toList();
    List<Object> again = options().toList();
    for (int i = 0; i < once.size(); i++) {
      assertEquals(i, once.indexOf(again.get(i)), "the first that is equal is itself");
      assertEquals(once.get(i).hashCode(), again.get(i).hashCode());
      assertEquals(
          i, once.stream().map(Object::toString).toList().indexOf(once.get(i).toString()));
    }
  }

  @Test
  void optionsAreEqualIfTheyAskForTheSame() {
    ListTagsOptions options = ListTagsOptions.defaults().withNamePrefix("v1").withPageSize(7);

    assertEquals(ListTagsOptions.defaults().withPageSize(7).withNamePrefix("v1"), options);
    assertEquals(
        ListTagsOptions.defaults().withPageSize(7).withNamePrefix("v1").hashCode(),
        options.hashCode());
    assertNotEquals(options, options.withPageSize(8));
    assertTrue(options.toString().contains("namePrefix=v1"), options.toString());
    assertEquals(
        ListImagesOptions.defaults().withPathPrefix("ns/"),
        ListImagesOptions.defaults().withPathPrefix("ns/"));
    assertNotEquals(
        ListImagesOptions.defaults(), ListImagesOptions.defaults().withPathPrefix("ns/"));
    assertEquals(DeleteOptions.defaults().withForce(), DeleteOptions.defaults().withForce());
    assertNotEquals(DeleteOptions.defaults(), DeleteOptions.defaults().withForce());
  }
}
