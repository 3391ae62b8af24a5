package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.oci.internal.generated.model.TagList;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Tells what proves that something is not there. A 404 does not: gateways, routers and servers at a
 * mistyped address say it of everything. The registry's own form with a code that fits does, and so
 * does its own list of tags, read to the end, that lacks the tag.
 */
public final class Absence {

  /** The specification's words, and those of Harbor ({@code NOT_FOUND}) and Quay. */
  private static final Pattern WORDS = Pattern.compile(
      "(?:MANIFEST|TAG|NAME|REPOSITORY|BLOB)_(?:UNKNOWN|NOT_FOUND)|TAG_EXPIRED|NOT_FOUND");

  private final OciConfiguration configuration;
  private final OciApi api;

  Absence(OciConfiguration configuration, OciApi api) {
    this.configuration = configuration;
    this.api = api;
  }

  /** Returns whether a registry that gives this code says that something is not there. */
  public static boolean isSaidBy(String code) {
    return WORDS.matcher(code).matches();
  }

  /** Returns whether the failure proves that what was asked for is not there. */
  public static boolean isProved(NotFoundException failure) {
    return failure instanceof TagNotFoundException
        || failure instanceof ImageNotFoundException
        || isSaidBy(failure.errorCode().orElse(""));
  }

  /**
   * Asks the list of tags about a tag whose 404 proves nothing: one request a page.
   *
   * @return that the tag or its image is not there if that is so; else the failure itself
   */
  NotFoundException explain(ImageRef image, String tag, NotFoundException failure) {
    try {
      return isListed(failure.details().operation(), image, tag)
          ? failure
          : new TagNotFoundException(
              image,
              tag,
              failure.details().toBuilder()
                  .serverMessage("the list of tags has none of that name")
                  .build());
    } catch (ImageNotFoundException e) {
      return e;
    } catch (RegistryInterruptedException e) {
      throw e;
    } catch (RegistryException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  private boolean isListed(String description, ImageRef image, String tag) {
    Operation operation = Operation.onImage(description, image);
    int pageSize = configuration.preset().maxPageSize();
    int maxPages = configuration.httpOptions().maxPages();
    PageFetcher<String> pages = new LinkedPages<>(
        operation,
        PageLinks.ofTags(configuration.baseUrl(), image),
        name -> name,
        maxPages,
        page -> api.listTags(operation, image, pageSize, page).map(list -> names(operation, list)));
    return Pages.of(new Listing<>(
            description, pages, null, name -> name, name -> true, maxPages, api.operations()))
        .stream()
        .anyMatch(tag::equals);
  }

  /** Without the name of the repository, nothing shows what the list is one of. */
  private static List<String> names(Operation operation, TagList list) {
    if (list.getName() == null) {
      throw operation.invalid("the list of tags does not name its repository");
    }
    return list.getTags() == null
        ? List.of()
        : list.getTags().stream().filter(Objects::nonNull).toList();
  }
}
