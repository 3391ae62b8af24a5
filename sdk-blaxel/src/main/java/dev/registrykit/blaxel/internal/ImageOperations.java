package dev.registrykit.blaxel.internal;

import dev.registrykit.ConflictException;
import dev.registrykit.DeleteResult;
import dev.registrykit.ErrorDetails;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.InvalidResponseException;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.PagedIterable;
import dev.registrykit.Status;
import dev.registrykit.WaitOptions;
import dev.registrykit.blaxel.BlaxelImage;
import dev.registrykit.blaxel.CreateImageOptions;
import dev.registrykit.blaxel.CreatedImage;
import dev.registrykit.blaxel.ImageFilter;
import dev.registrykit.blaxel.PurgeResult;
import dev.registrykit.blaxel.internal.CursorPages.CursorPage;
import dev.registrykit.blaxel.internal.generated.ApiResponse;
import dev.registrykit.blaxel.internal.generated.model.CleanupImagesResponse;
import dev.registrykit.blaxel.internal.generated.model.CreateImageRequest;
import dev.registrykit.blaxel.internal.generated.model.CreateImageResponse;
import dev.registrykit.blaxel.internal.generated.model.WireImage;
import dev.registrykit.spi.Listing;
import dev.registrykit.spi.PageFetcher;
import dev.registrykit.spi.Pages;
import dev.registrykit.spi.Waiting;
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

  private static final String BY_NAME = "name:asc";

  /** States of an image that can be used; the ones after the first say that it even is. */
  private static final Set<Status> BUILT =
      Set.of(Status.of("BUILT"), Status.of("DEPLOYING"), Status.of("DEPLOYED"));

  /** States that no build leaves by itself. */
  private static final Set<Status> UNBUILDABLE =
      Set.of(Status.of("FAILED"), Status.of("DELETING"), Status.of("TERMINATED"));

  private final BlaxelConfiguration configuration;
  private final BlaxelApi api;

  ImageOperations(BlaxelConfiguration configuration, BlaxelApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  /** Returns the pages for the facade; the server filters by the beginning of the name. */
  PageFetcher<Image> pages(ListImagesOptions options, int pageSize) {
    configuration.requirePages(options.cursor());
    Intent intent = Intent.on("list images");
    String path = options.image().map(ImageRef::path).or(options::pathPrefix).orElse("");
    String prefix = path.substring(path.indexOf('/') + 1);
    boolean hasName = path.indexOf('/') >= 0 && !prefix.isEmpty();
    ImageQuery query = new ImageQuery(pageSize, BY_NAME, hasName ? prefix : null);
    return pages(
            query,
            path,
            intent,
            image -> BlaxelMapper.image(BlaxelMapper.ref(image, intent), image, intent))
        .startingAt(options.cursor());
  }

  private <T> CursorPages<WireImage, T> pages(
      ImageQuery query, String scope, Intent intent, Function<WireImage, T> mapper) {
    return new CursorPages<>(
        intent.description(),
        CursorPages.fingerprint(query.sort(), query.prefix(), scope),
        cursor -> request(query, cursor, intent),
        images -> images.stream().map(mapper).toList());
  }

  private CursorPage<WireImage> request(ImageQuery query, @Nullable String cursor, Intent intent) {
    if (!configuration.apiVersion().hasPages() && cursor == null) {
      return api.listImages(intent);
    }
    CursorPage<WireImage> page = api.listImages(intent, cursor, query);
    return query.prefix() == null ? page.counted() : page;
  }

  Image read(ImageRef image) {
    Intent intent = Intent.onImage("get image " + image, image);
    return BlaxelMapper.image(image, api.getImage(intent, image, null), intent);
  }

  DeleteResult remove(ImageRef image) {
    Intent intent = Intent.deletingImage(image);
    return Deletions.result(api.deleteImage(intent, image), intent);
  }

  PagedIterable<BlaxelImage> find(ImageFilter filter) {
    configuration.requirePages(filter.cursor());
    Intent intent = Intent.on("find images");
    ImageQuery query = new ImageQuery(
        filter.pageSize(), filter.order().text(), filter.namePrefix().orElse(null));
    CursorPages<WireImage, BlaxelImage> pages = pages(
            query,
            "",
            intent,
            image -> BlaxelMapper.blaxelImage(BlaxelMapper.ref(image, intent), image, intent))
        .startingAt(filter.cursor());
    return Pages.of(new Listing<>(
        intent.description(),
        pages,
        filter.cursor().map(PageCursor::value).orElse(null),
        image -> List.of(image.ref(), image.sourceWorkspace()),
        image -> filter
            .namePrefix()
            .map(ResourceTypes.nameOf(image.ref())::startsWith)
            .orElse(true),
        configuration.httpOptions().maxPages()));
  }

  BlaxelImage describe(ImageRef image) {
    Intent intent = Intent.onImage("get image " + image, image);
    return BlaxelMapper.blaxelImage(image, api.getImage(intent, image, null), intent);
  }

  BlaxelImage describeShared(ImageRef image, String sourceWorkspace) {
    Intent intent =
        Intent.onImage("get image " + image + " of workspace " + sourceWorkspace, image);
    return BlaxelMapper.blaxelImage(image, api.getImage(intent, image, sourceWorkspace), intent);
  }

  CreatedImage create(ImageRef image, CreateImageOptions options) {
    Intent intent = Intent.on("create image " + image);
    CreateImageRequest request = new CreateImageRequest()
        .resourceType(ResourceTypes.typeOf(image))
        .name(ResourceTypes.nameOf(image))
        .generation(options.generation().orElse(null))
        .image(options.importedImage().orElse(null))
        .dockerConfig(options.dockerConfig().orElse(null))
        .memoryMb(boxed(options.memoryMib()))
        .volumeMb(boxed(options.volumeMib()));
    ApiResponse<CreateImageResponse> answer = api.createImage(
        intent, request, options.isUpload() ? true : null, options.isUnbuilt() ? true : null);
    return created(image, answer, options, intent);
  }

  private static @Nullable Integer boxed(OptionalInt number) {
    return number.isPresent() ? Integer.valueOf(number.getAsInt()) : null;
  }

  private static CreatedImage created(
      ImageRef image,
      ApiResponse<CreateImageResponse> answer,
      CreateImageOptions options,
      Intent intent) {
    CreateImageResponse body = answer.getData();
    if (body == null || (body.getName() == null && body.getImage() == null)) {
      throw intent.invalid("the answer names no image");
    }
    List<String> urls = answer.getHeaders().getOrDefault("X-Blaxel-Upload-Url", List.of());
    if (options.isUpload() && urls.isEmpty()) {
      throw intent.invalid("the answer has no address to upload to");
    }
    return CreatedImage.builder(image)
        .message(body.getMessage())
        .imageReference(body.getImage())
        .isBeingBuilt(body.getBuild())
        .uploadUrl(urls.isEmpty() ? null : uploadUrl(urls.get(0), intent))
        .build();
  }

  private static URI uploadUrl(String text, Intent intent) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw notUploadable(intent); // without the cause, which quotes it
    }
    throw notUploadable(intent);
  }

  private static InvalidResponseException notUploadable(Intent intent) {
    return intent.invalid("the address to upload to is none");
  }

  BlaxelImage awaitBuilt(ImageRef image, WaitOptions options) {
    Intent intent = Intent.onImage("wait until image " + image + " is built", image);
    AtomicReference<@Nullable BlaxelImage> built = new AtomicReference<>();
    Waiting.until(
        left -> {
          WireImage answer = api.getImage(intent.within(left), image, null);
          built.set(BlaxelMapper.blaxelImage(image, answer, intent));
          return isBuilt(BlaxelMapper.metadata(answer, intent).getStatus(), intent);
        },
        intent.description(),
        options,
        configuration.time());
    return Optional.ofNullable(built.get()).orElseThrow();
  }

  private static boolean isBuilt(@Nullable String text, Intent intent) {
    Status status = BlaxelMapper.status(text);
    if (UNBUILDABLE.contains(status)) {
      throw new ConflictException(ErrorDetails.of(intent.description())
          .serverMessage("its state is " + status)
          .build());
    }
    return BUILT.contains(status);
  }

  PurgeResult purge() {
    Intent intent = Intent.on("purge workspace " + configuration.workspace());
    CleanupImagesResponse answer = api.purgeWorkspace(intent);
    if (answer.getDeleted() == null && answer.getMessage() == null) {
      throw intent.invalid("the answer does not say what was deleted");
    }
    return PurgeResult.of(answer.getDeleted(), answer.getMessage());
  }
}
