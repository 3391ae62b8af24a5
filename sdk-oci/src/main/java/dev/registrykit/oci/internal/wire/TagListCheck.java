package dev.registrykit.oci.internal.wire;

import dev.registrykit.ImageNotFoundException;
import dev.registrykit.ImageRef;
import dev.registrykit.NotFoundException;
import dev.registrykit.RegistryException;
import dev.registrykit.RegistryInterruptedException;
import dev.registrykit.TagNotFoundException;
import dev.registrykit.oci.internal.OciConfiguration;
import dev.registrykit.spi.paging.Listing;
import dev.registrykit.spi.paging.PageFetcher;
import dev.registrykit.spi.paging.Pages;
import dev.registrykit.spi.support.Operation;
import dev.registrykit.spi.support.OperationRunner;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a tag whose 404 proves nothing in the list of tags: one that lacks it is a proof. */
final class TagListCheck {

  private final OciConfiguration configuration;
  private final OperationRunner operations;
  private final TagNames names;

  TagListCheck(OciConfiguration configuration, OperationRunner operations, TagNames names) {
    this.configuration = configuration;
    this.operations = operations;
    this.names = names;
  }

  /** Asks for a page of the list. */
  @FunctionalInterface
  interface TagNames {

    /** Returns the names on the page at that address; null for the first. */
    JsonPage<List<String>> list(Operation operation, ImageRef image, @Nullable URI page);
  }

  /**
   * Reads the list, one request a page.
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
    int maxPages = configuration.httpOptions().maxPages();
    PageFetcher<String> pages = new LinkedPages<>(
        operation,
        PageLinks.ofTags(configuration.baseUrl(), image),
        name -> name,
        maxPages,
        page -> names.list(operation, image, page));
    return Pages.of(new Listing<>(
            description, pages, null, name -> name, name -> true, maxPages, operations))
        .stream()
        .anyMatch(tag::equals);
  }
}
