package dev.registrykit.blaxel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.registrykit.ImageRef;
import dev.registrykit.PageCursor;
import dev.registrykit.Status;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Values are equal if all their parts are, and options keep what was set before. */
class ValuesTest {

  private static final ImageRef APP = ImageRef.of("sandbox/app");
  private static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");
  private static final Status BUILT = Status.of("BUILT");

  /** Checks that each change alone makes a value another one, and that it is made equal twice. */
  @SafeVarargs
  private static <B> void assertEveryPartCounts(
      Supplier<B> start, Function<B, Object> build, Function<B, B>... changes) {
    Object plain = build.apply(start.get());
    assertEquals(plain, build.apply(start.get()));
    for (int i = 0; i < changes.length; i++) {
      Object changed = build.apply(changes[i].apply(start.get()));
      Object again = build.apply(changes[i].apply(start.get()));
      assertNotEquals(plain, changed, "change " + i);
      assertEquals(changed, again, "change " + i);
      assertEquals(changed.hashCode(), again.hashCode(), "change " + i);
      assertEquals(changed.toString(), again.toString(), "change " + i);
    }
  }

  @Test
  void images() {
    assertEveryPartCounts(
        () -> BlaxelImage.builder(APP),
        BlaxelImage.Builder::build,
        b -> BlaxelImage.builder(ImageRef.of("agent/app")),
        b -> b.status(BUILT),
        b -> b.displayName("x"),
        b -> b.workspace("x"),
        b -> b.sourceWorkspace("x"),
        b -> b.sizeBytes(1L),
        b -> b.tagCount(1L),
        b -> b.createdAt(DATE),
        b -> b.updatedAt(DATE),
        b -> b.lastDeployedAt(DATE),
        b -> b.events(List.of(ImageEvent.builder().build())));
  }

  @Test
  void events() {
    assertEveryPartCounts(
        ImageEvent::builder,
        ImageEvent.Builder::build,
        b -> b.status(BUILT),
        b -> b.type("x"),
        b -> b.message("x"),
        b -> b.revision("x"),
        b -> b.canaryRevision("x"),
        b -> b.time(DATE));
  }

  @Test
  void createdImages() {
    assertEveryPartCounts(
        () -> CreatedImage.builder(APP),
        CreatedImage.Builder::build,
        b -> CreatedImage.builder(ImageRef.of("agent/app")),
        b -> b.message("x"),
        b -> b.imageReference("x"),
        b -> b.buildState(BuildState.NOT_BUILDING),
        b -> b.uploadUrl(URI.create("https://example.org/x")));
  }

  @Test
  void shares() {
    assertEveryPartCounts(
        () -> ImageShare.builder("acme"),
        ImageShare.Builder::build,
        b -> ImageShare.builder("other"),
        b -> b.status(Status.of("active")),
        b -> b.accountId("x"),
        b -> b.accountOwnerEmail("x"),
        b -> b.pendingShareId("x"),
        b -> b.workspaceDisplayName("x"));
    assertEveryPartCounts(
        () -> PendingShare.builder("1", APP),
        PendingShare.Builder::build,
        b -> PendingShare.builder("2", APP),
        b -> PendingShare.builder("1", ImageRef.of("agent/app")),
        b -> b.sourceWorkspace("x"),
        b -> b.sourceAccountId("x"),
        b -> b.targetWorkspace("x"),
        b -> b.targetAccountId("x"),
        b -> b.sharedBy("x"),
        b -> b.hasConflict(true),
        b -> b.createdAt(DATE),
        b -> b.expiresAt(DATE));
  }

  @Test
  void results() {
    BlaxelImage image = BlaxelImage.builder(APP).build();
    assertEquals(ShareResult.shared(image), ShareResult.shared(image));
    assertNotEquals(
        ShareResult.shared(image),
        ShareResult.pending(PendingShare.builder("1", APP).build()));
    assertEquals(PurgeResult.of(1L, "x"), PurgeResult.of(1L, "x"));
    assertNotEquals(PurgeResult.of(1L, "x"), PurgeResult.of(2L, "x"));
    assertNotEquals(PurgeResult.of(1L, "x"), PurgeResult.of(1L, "y"));
  }

  @Test
  void aFilterKeepsWhatWasSetBefore() {
    BlaxelImageFilter plain = BlaxelImageFilter.defaults();
    PageCursor cursor = new PageCursor("c");
    BlaxelImageFilter filter = plain
        .withPageSize(7)
        .withOrder(BlaxelImageOrder.NAME_DESC)
        .withNamePrefix("ap")
        .withCursor(cursor);

    assertEquals(
        filter,
        plain
            .withCursor(cursor)
            .withNamePrefix("ap")
            .withOrder(BlaxelImageOrder.NAME_DESC)
            .withPageSize(7));
    assertEquals(7, filter.pageSize());
    assertEquals(BlaxelImageOrder.NAME_DESC, filter.order());
    assertEquals(Optional.of("ap"), filter.namePrefix());
    assertEquals(Optional.of(cursor), filter.cursor());
    assertSame(plain, BlaxelImageFilter.defaults());
    assertEquals(
        "BlaxelImageFilter[pageSize=100, order=NAME_ASC, namePrefix=null, cursor=null]",
        plain.toString());
    assertEveryPartCounts(
        () -> plain,
        f -> f,
        f -> f.withPageSize(7),
        f -> f.withOrder(BlaxelImageOrder.CREATED_DESC),
        f -> f.withNamePrefix("ap"),
        f -> f.withCursor(cursor));
  }

  @Test
  void optionsOfACreationKeepWhatWasSetBefore() {
    CreateImageOptions plain = CreateImageOptions.of(APP);
    CreateImageOptions imported = plain
        .withGeneration("mk3")
        .withImportedImage("nginx")
        .withDockerConfig("{}")
        .withMemoryMib(1)
        .withVolumeMib(2)
        .withoutBuild();

    assertEquals(
        imported,
        plain
            .withoutBuild()
            .withVolumeMib(2)
            .withMemoryMib(1)
            .withDockerConfig("{}")
            .withImportedImage("nginx")
            .withGeneration("mk3"));
    assertEquals(APP, imported.image());
    assertEquals(Optional.of("mk3"), imported.generation());
    assertEquals(Optional.of("nginx"), imported.importedImage());
    assertEquals(Optional.of("{}"), imported.dockerConfig());
    assertEquals(OptionalInt.of(1), imported.memoryMib());
    assertEquals(OptionalInt.of(2), imported.volumeMib());
    assertEveryPartCounts(
        () -> plain,
        o -> o,
        o -> CreateImageOptions.of(ImageRef.of("agent/app")),
        CreateImageOptions::withUpload,
        CreateImageOptions::withoutBuild,
        o -> o.withGeneration("mk3"),
        o -> o.withImportedImage("nginx"),
        o -> o.withDockerConfig("{}"),
        o -> o.withMemoryMib(1),
        o -> o.withVolumeMib(2));
  }

  @Test
  void whatIsShownOfForeignTextStaysOnOneLine() {
    assertEquals(
        "sandbox/app of a?b",
        BlaxelImage.builder(APP).sourceWorkspace("a\nb").build().toString());
    assertEquals("a?b (unknown)", ImageShare.builder("a\nb").build().toString());
    assertEquals("sandbox/app (a?b)", PendingShare.builder("a\nb", APP).build().toString());
    assertEquals(
        "PurgeResult[deletedImages=1, message=a?b]", PurgeResult.of(1L, "a\nb").toString());
    assertTrue(ImageEvent.builder().message("a\nb").build().toString().contains("message=a?b"));
  }
}
