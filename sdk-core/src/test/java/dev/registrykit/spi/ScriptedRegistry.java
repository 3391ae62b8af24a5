package dev.registrykit.spi;

import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.TagDetail;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.spi.paging.DetailProgress;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import dev.registrykit.spi.support.TimeSource;
import dev.registrykit.testsupport.FakeTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A provider that notes what it is asked, and answers from a list or fails as it is told. */
public final class ScriptedRegistry extends AbstractRegistry {

  static final String HOST = "registry.example";
  static final ImageRef APP = ImageRef.of("ns/app");

  final List<String> calls = new ArrayList<>();
  final List<Tag> tags = new ArrayList<>();
  final List<Image> images = new ArrayList<>();
  final List<String> details = Collections.synchronizedList(new ArrayList<>());
  ListTagsOptions askedOptions;
  final FakeTime time = new FakeTime();
  RuntimeException failure;
  /** How many more readings of a tag or an image find it before it is gone; null for all of them. */
  Integer readingsLeft;

  String digest;
  DeleteOptions askedDeletion;
  private boolean isClosed;

  public ScriptedRegistry(String provider, Set<Feature> features) {
    this(provider, features, TagDetail.FULL);
  }

  private ScriptedRegistry(
      String provider, Set<Feature> features, TagDetail listedDetail, Feature... uncertain) {
    super(ProviderTraits.builder(provider)
        .features(features)
        .uncertainFeatures(uncertain)
        .hosts(HOST)
        .maxPages(1000)
        .listedDetail(listedDetail)
        .build());
  }

  /** Lists names alone, and has to be asked for the rest tag by tag. */
  static ScriptedRegistry ofNames(Feature... missing) {
    Set<Feature> features = EnumSet.allOf(Feature.class);
    List.of(missing).forEach(features::remove);
    return new ScriptedRegistry("names", features, TagDetail.NAMES);
  }

  /** Orders by creation itself, by name on the client, and by update not at all. */
  static ScriptedRegistry ordinary() {
    Set<Feature> features = EnumSet.allOf(Feature.class);
    features.remove(Feature.SERVER_ORDER_BY_NAME);
    features.remove(Feature.ORDER_BY_UPDATED);
    features.remove(Feature.SERVER_ORDER_BY_UPDATED);
    return new ScriptedRegistry("scripted", features);
  }

  static ScriptedRegistry without(Feature missing) {
    Set<Feature> features = EnumSet.allOf(Feature.class);
    features.remove(missing);
    return new ScriptedRegistry("scripted", features);
  }

  /** May or may not have one ability, which it has if it is asked, and lacks all others. */
  static ScriptedRegistry unsureOf(Feature feature) {
    return new ScriptedRegistry("scripted", EnumSet.noneOf(Feature.class), TagDetail.FULL, feature);
  }

  private void asked(String call) {
    calls.add(call);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  protected void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("this registry is closed");
    }
  }

  /** Spells {@code alias/} as {@code ns/}. */
  @Override
  protected String canonicalPath(String path) {
    return path.startsWith("alias/") ? "ns/" + path.substring("alias/".length()) : path;
  }

  @Override
  protected OperationRunner operations() {
    return OperationRunner.unlimited();
  }

  @Override
  protected void requireImagePath(ImageRef image) {
    if (image.path().indexOf('/') < 0) {
      throw new IllegalArgumentException("needs a namespace");
    }
  }

  @Override
  protected PageFetcher<Image> imagePages(ListImagesOptions options, int pageSize) {
    return cursor -> {
      asked("images " + pageSize + " at " + cursor);
      return new FetchedPage<>(images, null, null);
    };
  }

  @Override
  protected Image readImage(ImageRef image) {
    asked("image " + image);
    if (isGone()) {
      throw new ImageNotFoundException(image, ErrorDetails.of("get image", "gone"));
    }
    return Image.builder(image).build();
  }

  @Override
  protected PageFetcher<Tag> tagPages(ImageRef image, ListTagsOptions options, int pageSize) {
    askedOptions = options;
    return cursor -> {
      asked("tags " + image + " " + options.order() + " " + pageSize + " at " + cursor);
      return new FetchedPage<>(tags, null, null);
    };
  }

  @Override
  protected List<Tag> readDetails(
      ImageRef image,
      List<Tag> listed,
      TagDetail detail,
      int concurrency,
      DetailProgress progress) {
    return reads()
        .map(Operation.on("read details"), listed, concurrency, tag -> {
          Optional<Tag> read = readDetails(tag, detail);
          progress.completed(1);
          return read;
        })
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Tag> readDetails(Tag tag, TagDetail detail) {
    details.add(detail + " of " + tag.name());
    return tag.name().startsWith("gone")
        ? Optional.empty()
        : Optional.of(Tag.builder(tag.image(), tag.name())
            .createdAt(Instant.ofEpochSecond(tag.name().hashCode()))
            .build());
  }

  @Override
  protected Tag readTag(ImageRef image, String tag) {
    asked("tag " + image + ":" + tag);
    if (isGone()) {
      throw new TagNotFoundException(image, tag, ErrorDetails.of("get tag", "gone"));
    }
    return Tag.builder(image, tag).digest(digest).build();
  }

  private boolean isGone() {
    return readingsLeft != null && readingsLeft-- <= 0;
  }

  @Override
  protected boolean askForSupport(ImageRef image, Feature feature) {
    asked(feature + " of " + image);
    return true;
  }

  @Override
  protected TimeSource time() {
    return time;
  }

  @Override
  protected DeleteResult removeTag(ImageRef image, String tag, DeleteOptions options) {
    askedDeletion = options;
    asked("delete " + image + ":" + tag);
    return DeleteResult.of(DeleteOutcome.DELETED, null);
  }

  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    asked("delete known " + tag);
    return DeleteResult.of(DeleteOutcome.DELETED, null);
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    asked("delete " + image);
    return DeleteResult.of(DeleteOutcome.ACCEPTED, null);
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
