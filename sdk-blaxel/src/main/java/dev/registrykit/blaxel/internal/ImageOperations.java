package dev.registrykit.blaxel.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteResult;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Status;
import dev.registrykit.WaitOptions;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.BlaxelImageFilter;
import dev.registrykit.blaxel.BlaxelImageOrder;
import dev.registrykit.blaxel.CreateImageOptions;
import dev.registrykit.blaxel.CreatedImage;
import dev.registrykit.blaxel.PurgeResult;
import dev.registrykit.blaxel.internal.generated.model.CleanupImagesResponse;
import dev.registrykit.blaxel.internal.generated.model.CreateImageRequest;
import dev.registrykit.blaxel.internal.generated.model.CreateImageResponse;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.blaxel.internal.wire.Absence;
import dev.registrykit.blaxel.internal.wire.ApiAnswer;
import dev.registrykit.blaxel.internal.wire.BlaxelApi;
import dev.registrykit.blaxel.internal.wire.BlaxelMapper;
import dev.registrykit.blaxel.internal.wire.BlaxelOperation;
import dev.registrykit.blaxel.internal.wire.CursorPages;
import dev.registrykit.blaxel.internal.wire.CursorPages.CursorPage;
import dev.registrykit.blaxel.internal.wire.DeletionAnswers;
import dev.registrykit.blaxel.internal.wire.ImageQuery;
import dev.registrykit.blaxel.internal.wire.ResourceTypes;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Waiting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be done with images. */
final class ImageOperations {

  /** States of an image whose build is over; in the last two it is in use already. */
  private static final Set<Status> BUILT =
      Set.of(Status.of("BUILT"), Status.of("DEPLOYING"), Status.of("DEPLOYED"));

  /** States that no build leaves by itself. */
  private static final Set<Status> UNBUILDABLE =
      Set.of(Status.of("FAILED"), Status.of("DELETING"), Status.of("TERMINATED"));

  private final BlaxelConfiguration configuration;
  private final BlaxelApi api;
  private final Absence absence = new Absence(this::isListed);

  ImageOperations(BlaxelConfiguration configuration, BlaxelApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  /** Returns what decides on a 404, by looking for images here. */
  Absence absence() {
    return absence;
  }

  /** Returns whether an image of one's own is listed; one that is listed without a type may be it. */
  private boolean isListed(ImageRef image) {
    String description = "look for image " + image;
    return Pages.of(new Listing<>(
            description,
            pages(ListImagesOptions.defaults().withImage(image), CursorPages.MAX_PAGE_SIZE),
            null,
            found -> found.providerId().orElse(found.ref().path()),
            found -> found.providerId().isEmpty() && mayBe(image, found.ref()),
            configuration.httpOptions().maxPages(),
            api.operations()))
        .iterator()
        .hasNext();
  }

  private static boolean mayBe(ImageRef image, ImageRef listed) {
    return listed.path().equalsIgnoreCase(image.path())
        || listed.path().equalsIgnoreCase("/" + ResourceTypes.nameOf(image));
  }

  /** Returns the pages of the facade's listing; the server filters by the beginning of the name. */
  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    configuration.requirePages(options.cursor());
    BlaxelOperation operation = BlaxelOperation.on("list images");
    String path = options.image().map(ImageRef::path).or(options::pathPrefix).orElse("");
    String prefix = path.substring(path.indexOf('/') + 1);
    boolean hasName = path.indexOf('/') >= 0 && !prefix.isEmpty();
    ImageQuery query = ImageQuery.of(pageSize, BlaxelImageOrder.NAME_ASC, hasName ? prefix : null);
    return pages(
            query,
            path,
            operation,
            image -> BlaxelMapper.image(BlaxelMapper.ref(image, operation), image, operation))
        .startingAt(options.cursor());
  }

  private <T> CursorPages<WireImage, T> pages(
      ImageQuery query, String scope, BlaxelOperation operation, Function<WireImage, T> mapper) {
    return new CursorPages<>(
        operation.description(),
        ListingCursors.of(
            "blaxel images", configuration.workspace(), query.sort(), query.prefix(), scope),
        cursor -> request(query, cursor, operation),
        images -> images.stream().map(mapper).toList());
  }

  private CursorPage<WireImage> request(
      ImageQuery query, @Nullable String cursor, BlaxelOperation operation) {
    if (!configuration.apiVersion().hasPages() && cursor == null) {
      return api.listImages(operation);
    }
    CursorPage<WireImage> page = api.listImages(operation, cursor, query);
    return query.prefix() == null ? page.counted() : page;
  }

  Image read(ImageRef image) {
    BlaxelOperation operation = BlaxelOperation.onImage("get image " + image, image);
    return BlaxelMapper.image(image, get(image, operation), operation);
  }

  /** Reads an image of one's own. */
  WireImage get(ImageRef image, BlaxelOperation operation) {
    WireImage answer =
        absence.ofImage(image, operation, () -> api.getImage(operation, image, null));
    return BlaxelMapper.about(image, answer, operation);
  }

  DeleteResult remove(ImageRef image) {
    BlaxelOperation operation = BlaxelOperation.deletingImage(image);
    ApiAnswer<WireImage> answer =
        absence.ofImage(image, operation, () -> api.deleteImage(operation, image));
    return DeletionAnswers.result(image, answer, operation);
  }

  PagedIterable<BlaxelImage> list(BlaxelImageFilter filter) {
    BlaxelOperation operation = BlaxelOperation.on("list images");
    ImageQuery query =
        ImageQuery.of(filter.pageSize(), filter.order(), filter.namePrefix().orElse(null));
    CursorPages<WireImage, BlaxelImage> pages = pages(
            query,
            "",
            operation,
            image -> BlaxelMapper.blaxelImage(BlaxelMapper.ref(image, operation), image, operation))
        .startingAt(filter.cursor());
    return Pages.of(new Listing<>(
        operation.description(),
        pages,
        filter.cursor().map(PageCursor::value).orElse(null),
        image -> List.of(image.ref(), image.sourceWorkspace()),
        image -> filter
            .namePrefix()
            .map(ResourceTypes.nameOf(image.ref())::startsWith)
            .orElse(true),
        configuration.httpOptions().maxPages(),
        api.operations()));
  }

  BlaxelImage describe(ImageRef image) {
    BlaxelOperation operation = BlaxelOperation.onImage("get image " + image, image);
    return BlaxelMapper.blaxelImage(image, get(image, operation), operation);
  }

  BlaxelImage describeShared(ImageRef image, String sourceWorkspace) {
    BlaxelOperation operation =
        BlaxelOperation.onImage("get image " + image + " of workspace " + sourceWorkspace, image);
    WireImage answer = api.getImage(operation, image, sourceWorkspace);
    return BlaxelMapper.blaxelImage(image, BlaxelMapper.about(image, answer, operation), operation);
  }

  CreatedImage create(ImageRef image, CreateImageOptions options) {
    BlaxelOperation operation = BlaxelOperation.on("create image " + image);
    CreateImageRequest request = new CreateImageRequest()
        .resourceType(ResourceTypes.typeOf(image))
        .name(ResourceTypes.nameOf(image))
        .generation(options.generation().orElse(null))
        .image(options.importedImage().orElse(null))
        .dockerConfig(options.dockerConfig().orElse(null))
        .memoryMb(boxed(options.memoryMib()))
        .volumeMb(boxed(options.volumeMib()));
    ApiAnswer<CreateImageResponse> answer = api.createImage(
        operation, request, options.isUpload() ? true : null, options.isUnbuilt() ? true : null);
    return created(image, answer, options, operation);
  }

  private static @Nullable Integer boxed(OptionalInt number) {
    return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
  }

  private static CreatedImage created(
      ImageRef image,
      ApiAnswer<CreateImageResponse> answer,
      CreateImageOptions options,
      BlaxelOperation operation) {
    CreateImageResponse body = answer.body();
    if (body == null || (body.getName() == null && body.getImage() == null)) {
      throw operation.invalid("the answer names no image");
    }
    BlaxelMapper.requireSame(image, body.getResourceType(), body.getName(), operation);
    List<String> urls = answer.headers().allValues("X-Blaxel-Upload-Url");
    if (options.isUpload() && urls.isEmpty()) {
      throw operation.invalid("the answer has no address to upload to");
    }
    return CreatedImage.builder(image)
        .message(body.getMessage())
        .imageReference(body.getImage())
        .buildState(BlaxelMapper.buildState(body.getBuild()))
        .uploadUrl(urls.isEmpty() ? null : uploadUrl(urls.get(0), operation))
        .build();
  }

  private static URI uploadUrl(String text, BlaxelOperation operation) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw notUploadable(operation); // without the cause, which quotes it
    }
    throw notUploadable(operation);
  }

  private static InvalidResponseException notUploadable(BlaxelOperation operation) {
    return operation.invalid("the address to upload to is none");
  }

  BlaxelImage awaitBuilt(ImageRef image, WaitOptions options) {
    BlaxelOperation operation =
        BlaxelOperation.onImage("wait until image " + image + " is built", image);
    AtomicReference<@Nullable BlaxelImage> built = new AtomicReference<>();
    Waiting.until(
        () -> api.operations().run(() -> {
          BlaxelImage read = BlaxelMapper.blaxelImage(image, get(image, operation), operation);
          built.set(read);
          return isBuilt(read.status(), operation);
        }),
        operation.description(),
        options,
        configuration.time());
    return Optional.ofNullable(built.get()).orElseThrow();
  }

  private static boolean isBuilt(Status status, BlaxelOperation operation) {
    if (UNBUILDABLE.contains(status)) {
      throw new ConflictException(operation.details("its state is " + status));
    }
    return BUILT.contains(status);
  }

  PurgeResult purge() {
    BlaxelOperation operation = BlaxelOperation.on("purge workspace " + configuration.workspace());
    CleanupImagesResponse answer = api.purgeWorkspace(operation);
    if (answer.getDeleted() == null) {
      throw operation.invalid("the answer does not say what was deleted");
    }
    return PurgeResult.of(answer.getDeleted(), answer.getMessage());
  }
}
