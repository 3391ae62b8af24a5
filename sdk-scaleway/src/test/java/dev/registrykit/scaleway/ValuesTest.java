package dev.registrykit.scaleway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.registrykit.PageCursor;
import dev.registrykit.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Options keep what was set before, and every part of a value counts where two are compared. */
class ValuesTest {

  private static final String A = "0a0b0c0d-0000-4000-8000-00000000000a";
  private static final String B = "0a0b0c0d-0000-4000-8000-00000000000b";
  private static final String C = "0a0b0c0d-0000-4000-8000-00000000000c";

  /** Makes a value with all changes but one, for each of them: all differ, and from the whole one. */
  private static <T> void assertEveryPartCounts(T start, List<UnaryOperator<T>> changes) {
    T whole = all(start, changes, -1);
    assertEquals(whole, all(start, changes, -1));
    assertEquals(whole.hashCode(), all(start, changes, -1).hashCode());
    for (int i = 0; i < changes.size(); i++) {
      assertNotEquals(whole, all(start, changes, i), "change " + i);
    }
    long different = Stream.iterate(0, i -> i < changes.size(), i -> i + 1)
        .map(i -> all(start, changes, i))
        .distinct()
        .count();
    assertEquals(changes.size(), different);
    assertNotEquals(whole, new Object());
  }

  private static <T> T all(T start, List<UnaryOperator<T>> changes, int omitted) {
    T value = start;
    for (int i = 0; i < changes.size(); i++) {
      value = i == omitted ? value : changes.get(i).apply(value);
    }
    return value;
  }

  @Test
  void aFilterOfImagesKeepsEverySetting() {
    ScalewayImageFilter filter = ScalewayImageFilter.defaults()
        .withOrder(ScalewayImageOrder.NAME_DESC)
        .withPageSize(7)
        .withName("app")
        .withNamespaceId(A)
        .withProjectId(B)
        .withOrganizationId(C)
        .withPagesAhead(5)
        .withCursor(new PageCursor("x"));

    assertEquals(ScalewayImageOrder.NAME_DESC, filter.order());
    assertEquals(7, filter.pageSize());
    assertEquals(Optional.of("app"), filter.name());
    assertEquals(Optional.of(A), filter.namespaceId());
    assertEquals(Optional.of(B), filter.projectId());
    assertEquals(Optional.of(C), filter.organizationId());
    assertEquals(Optional.of(new PageCursor("x")), filter.cursor());
    assertEquals(
        "ScalewayImageFilter[order=NAME_DESC, pageSize=7, name=app, namespaceId=" + A
            + ", projectId=" + B + ", organizationId=" + C + ", cursor=x, pagesAhead=5]",
        filter.toString());
    assertEveryPartCounts(
        ScalewayImageFilter.defaults(),
        List.of(
            each -> each.withOrder(ScalewayImageOrder.NAME_DESC),
            each -> each.withPageSize(7),
            each -> each.withName("app"),
            each -> each.withNamespaceId(A),
            each -> each.withProjectId(B),
            each -> each.withOrganizationId(C),
            each -> each.withPagesAhead(5),
            each -> each.withCursor(new PageCursor("x"))));
  }

  @Test
  void optionsToListNamespacesKeepEverySetting() {
    ListNamespacesOptions options = ListNamespacesOptions.defaults()
        .withOrder(NamespaceOrder.NAME_DESC)
        .withPageSize(7)
        .withName("shop")
        .withProjectId(B)
        .withOrganizationId(C)
        .withPagesAhead(5)
        .withCursor(new PageCursor("x"));

    assertEquals(
        "ListNamespacesOptions[order=NAME_DESC, pageSize=7, name=shop, projectId=" + B
            + ", organizationId=" + C + ", cursor=x, pagesAhead=5]",
        options.toString());
    assertEquals(NamespaceOrder.NAME_DESC, options.order());
    assertEquals(Optional.of(new PageCursor("x")), options.cursor());
    assertEveryPartCounts(
        ListNamespacesOptions.defaults(),
        List.of(
            each -> each.withOrder(NamespaceOrder.NAME_DESC),
            each -> each.withPageSize(7),
            each -> each.withName("shop"),
            each -> each.withProjectId(B),
            each -> each.withOrganizationId(C),
            each -> each.withPagesAhead(5),
            each -> each.withCursor(new PageCursor("x"))));
  }

  @Test
  void optionsToCreateANamespaceKeepEverySetting() {
    CreateNamespaceOptions options = CreateNamespaceOptions.named("shop")
        .withDescription("d")
        .withVisibility(Visibility.PUBLIC)
        .withProjectId(B);

    assertEquals(
        "CreateNamespaceOptions[name=shop, description=d, projectId=" + B
            + ", organizationId=null, visibility=public]",
        options.toString());
    assertEquals(Visibility.PRIVATE, CreateNamespaceOptions.named("shop").visibility());
    assertNotEquals(CreateNamespaceOptions.named("shop"), CreateNamespaceOptions.named("blog"));
    assertEveryPartCounts(
        CreateNamespaceOptions.named("shop"),
        List.of(
            each -> each.withDescription("d"),
            each -> each.withVisibility(Visibility.PUBLIC),
            each -> each.withOrganizationId(C)));
    assertEveryPartCounts(
        CreateNamespaceOptions.named("shop"),
        List.of(each -> each.withProjectId(C), each -> each.withDescription("d")));
  }

  @Test
  void optionsToChangeANamespaceKeepEverySetting() {
    assertEquals(
        "UpdateNamespaceOptions[description=d, visibility=private]",
        UpdateNamespaceOptions.nothing()
            .withVisibility(Visibility.PRIVATE)
            .withDescription("d")
            .toString());
    assertEveryPartCounts(
        UpdateNamespaceOptions.nothing(),
        List.of(
            each -> each.withDescription("d"), each -> each.withVisibility(Visibility.PRIVATE)));
  }

  @Test
  void everyPartOfATagCounts() {
    Stream<UnaryOperator<ScalewayTag.Builder>> parts = Stream.of(
        each -> each.status(Status.READY),
        each -> each.digest("sha256:1"),
        each -> each.createdAt(Instant.EPOCH),
        each -> each.updatedAt(Instant.EPOCH));
    ScalewayTag bare = ScalewayTag.builder("i", "n", "m").build();

    assertAllDiffer(Stream.concat(
        Stream.of(
            bare,
            ScalewayTag.builder("x", "n", "m").build(),
            ScalewayTag.builder("i", "x", "m").build(),
            ScalewayTag.builder("i", "n", "x").build()),
        parts.map(part -> part.apply(ScalewayTag.builder("i", "n", "m")).build())));
    assertEquals(bare, ScalewayTag.builder("i", "n", "m").build());
  }

  @Test
  void everyPartOfAnImageCounts() {
    Stream<UnaryOperator<ScalewayImage.Builder>> parts = Stream.of(
        each -> each.status(Status.READY),
        each -> each.statusMessage("s"),
        each -> each.visibility(Visibility.PUBLIC),
        each -> each.sizeBytes(1L),
        each -> each.newestTags(List.of("t")),
        each -> each.createdAt(Instant.EPOCH),
        each -> each.updatedAt(Instant.EPOCH));
    ScalewayImage bare = ScalewayImage.builder("i", "n", "m").build();

    assertAllDiffer(Stream.concat(
        Stream.of(
            bare,
            ScalewayImage.builder("x", "n", "m").build(),
            ScalewayImage.builder("i", "x", "m").build(),
            ScalewayImage.builder("i", "n", "x").build()),
        parts.map(part -> part.apply(ScalewayImage.builder("i", "n", "m")).build())));
    assertEquals(bare, ScalewayImage.builder("i", "n", "m").build());
  }

  @Test
  void everyPartOfANamespaceCounts() {
    Stream<UnaryOperator<ScalewayNamespace.Builder>> parts = Stream.of(
        each -> each.description("d"),
        each -> each.organizationId("o"),
        each -> each.projectId("p"),
        each -> each.status(Status.READY),
        each -> each.statusMessage("s"),
        each -> each.endpoint("e"),
        each -> each.visibility(Visibility.PUBLIC),
        each -> each.visibility(Visibility.PRIVATE),
        each -> each.sizeBytes(1L),
        each -> each.imageCount(1L),
        each -> each.region("r"),
        each -> each.createdAt(Instant.EPOCH),
        each -> each.updatedAt(Instant.EPOCH));
    ScalewayNamespace bare = ScalewayNamespace.builder("i", "n").build();

    assertAllDiffer(Stream.concat(
        Stream.of(
            bare,
            ScalewayNamespace.builder("x", "n").build(),
            ScalewayNamespace.builder("i", "x").build()),
        parts.map(part -> part.apply(ScalewayNamespace.builder("i", "n")).build())));
    assertEquals(bare, ScalewayNamespace.builder("i", "n").build());
    assertEquals(OptionalLong.empty(), bare.imageCount());
    assertEquals(Optional.empty(), bare.visibility());
  }

  private static void assertAllDiffer(Stream<?> values) {
    List<?> all = values.toList();
    assertEquals(all.size(), all.stream().distinct().count());
  }

  @Test
  void whatIsShownOfForeignTextStaysOnOneLine() {
    assertEquals("a?b (i?d)", ScalewayImage.builder("i\rd", "a\nb", "n").build().toString());
    assertEquals("a?b (i?d)", ScalewayTag.builder("i\rd", "a\nb", "n").build().toString());
    assertEquals("a?b (i?d)", ScalewayNamespace.builder("i\rd", "a\nb").build().toString());
    assertEquals("a?b", Visibility.of("a\u2028b").toString());
  }
}
