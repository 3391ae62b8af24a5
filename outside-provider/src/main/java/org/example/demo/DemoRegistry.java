package org.example.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.registrykit.DeleteOptions;
import dev.registrykit.DeleteOutcome;
import dev.registrykit.DeleteResult;
import dev.registrykit.Feature;
import dev.registrykit.Image;
import dev.registrykit.ImageRef;
import dev.registrykit.ListImagesOptions;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.Tag;
import dev.registrykit.http.HttpOptions;
import dev.registrykit.http.RetryPolicy;
import dev.registrykit.spi.AbstractRegistry;
import dev.registrykit.spi.ProviderTraits;
import dev.registrykit.spi.paging.FetchedPage;
import dev.registrykit.spi.paging.ListingCursors;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A registry of the demo service. Thread-safe. */
public final class DemoRegistry extends AbstractRegistry {

  private final URI baseUrl;
  private final DemoApi api;

  // snippet: traits
  DemoRegistry(URI baseUrl, String keyId, String secretKey, HttpOptions options) {
    super(ProviderTraits.builder("demo")
        .features(
            Feature.LIST_IMAGES,
            Feature.TAG_DIGEST,
            Feature.TAG_CREATED_AT,
            Feature.ORDER_BY_NAME,
            Feature.ORDER_BY_CREATED,
            Feature.ORDER_BY_CHANGED,
            Feature.DELETE_TAG,
            Feature.DELETE_IMAGE,
            Feature.DELETE_ONLY_IF_DIGEST)
        .hosts(baseUrl.getAuthority())
        .maxPageSize(50)
        .maxPages(options.maxPages())
        .build());
    this.baseUrl = baseUrl;
    this.api = new DemoApi(baseUrl, new SignedRequests(keyId, secretKey), options);
  }

  @Override
  protected void requireImagePath(ImageRef image) {
    if (!image.path().matches("[^/]+/[^/]+")) {
      throw new IllegalArgumentException(image + " is not <team>/<image>");
    }
  }

  @Override
  protected void requireOpen() {
    api.transport().requireOpen();
  }

  @Override
  protected OperationRunner operations() {
    return api.transport()::operation;
  }

  @Override
  protected RetryPolicy retryPolicy() {
    return api.transport().options().retryPolicy();
  }

  @Override
  public void close() {
    api.transport().close();
  }

  // end

  // snippet: pages
  @Override
  protected PageFetcher<Tag> tagPages(ImageRef image, ListTagsOptions options, int pageSize) {
    Operation operation = Operation.onImage("list tags of " + image, image);
    ListingCursors cursors = ListingCursors.of(baseUrl, "tags", image, options.order());
    return cursor -> {
      Map<String, String> query = query(cursors, cursor, pageSize);
      query.put("image", image.path());
      JsonNode answer = api.get("tags", operation, image, query);
      return page(operation, cursors, answer, each -> tag(operation, image, each));
    };
  }

  private static Map<String, String> query(
      ListingCursors cursors, @Nullable String cursor, int pageSize) {
    Map<String, String> query = new TreeMap<>();
    query.put("limit", String.valueOf(pageSize));
    if (cursor != null) {
      query.put("after", cursors.place(cursor));
    }
    return query;
  }

  private static <T> FetchedPage<T> page(
      Operation operation, ListingCursors cursors, JsonNode answer, Function<JsonNode, T> mapper) {
    if (!answer.path("items").isArray()) {
      throw operation.invalid("the answer is no list"); // which is not the same as an empty one
    }
    List<T> items = new ArrayList<>();
    answer.path("items").forEach(each -> items.add(mapper.apply(each)));
    String next = answer.path("next").textValue();
    return new FetchedPage<>(items, next == null ? null : cursors.cursor(next), null);
  }

  // end

  @Override
  protected PageFetcher<Image> imagePages(ListImagesOptions options, int pageSize) {
    Operation operation = Operation.on("list images");
    ListingCursors cursors = ListingCursors.of(
        baseUrl, "images", options.image().orElse(null), options.pathPrefix().orElse(null));
    return cursor -> page(
        operation,
        cursors,
        api.get("images", operation, null, query(cursors, cursor, pageSize)),
        each -> image(ImageRef.asListed(text(operation, each, "name"))));
  }

  private static Image image(ImageRef ref) {
    return Image.builder(ref).build();
  }

  @Override
  protected Image readImage(ImageRef image) {
    Operation operation = Operation.onImage("get image " + image, image);
    JsonNode answer = api.get("image", operation, image, Map.of("image", image.path()));
    requireSame(operation, image.path(), text(operation, answer, "name"));
    return image(image);
  }

  // snippet: reading
  @Override
  protected Tag readTag(ImageRef image, String tag) {
    Operation operation = Operation.onTag("get", image, tag);
    Map<String, String> query = new TreeMap<>(Map.of("image", image.path(), "tag", tag));
    JsonNode answer = api.get("tag", operation, image, query);
    requireSame(operation, tag, text(operation, answer, "name"));
    return tag(operation, image, answer);
  }

  private static Tag tag(Operation operation, ImageRef image, JsonNode answer) {
    try {
      return Tag.builder(image, text(operation, answer, "name"))
          .digest(text(operation, answer, "digest"))
          .createdAt(Instant.parse(text(operation, answer, "created")))
          .build();
    } catch (DateTimeException e) {
      throw operation.invalid("the date of a tag is none");
    }
  }

  /** Returns a text that must be there: what could not be read is an error and no empty value. */
  private static String text(Operation operation, JsonNode node, String name) {
    String text = node.path(name).textValue();
    if (text == null || text.isEmpty()) {
      throw operation.invalid("the answer lacks " + name);
    }
    return text;
  }

  private static void requireSame(Operation operation, String asked, String answered) {
    if (!asked.equals(answered)) {
      throw operation.invalid("the answer is about something else");
    }
  }

  // end

  // snippet: deletion
  @Override
  protected DeleteResult removeTag(ImageRef image, String tag, DeleteOptions options) {
    Operation operation = Operation.onTag("delete", image, tag);
    Map<String, String> body = new TreeMap<>(Map.of("image", image.path(), "tag", tag));
    options.requiredDigest().ifPresent(digest -> body.put("digest", digest));
    JsonNode answer = api.delete(operation, image, body);
    return DeleteResult.of(DeleteOutcome.DELETED, text(operation, answer, "digest"));
  }

  // end

  @Override
  protected DeleteResult removeTag(Tag tag, DeleteOptions options) {
    return removeTag(target(tag.image()), tag.name(), options);
  }

  @Override
  protected DeleteResult removeImage(ImageRef image) {
    Operation operation = Operation.onImage("delete image " + image, image);
    api.delete(operation, image, Map.of("image", image.path()));
    return DeleteResult.of(DeleteOutcome.DELETED, null);
  }

  /** Makes a token that can pull the image: what only this service offers. One request. */
  public String createPullToken(ImageRef image) {
    ImageRef target = target(image);
    Operation operation = Operation.onImage("create a pull token for " + target, target);
    return operations().run(() -> text(operation, api.createToken(operation, target), "token"));
  }
}
