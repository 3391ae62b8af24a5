package org.example.tags;

import dev.registrykit.DeleteOptions;
import dev.registrykit.ImageRef;
import dev.registrykit.ListTagsOptions;
import dev.registrykit.PageCursor;
import dev.registrykit.Registry;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

// snippet: spring-controller
/** The tags of an image, which is a parameter because its path has slashes. */
@RestController
@RequestMapping("/tags")
class TagController {

  private final Registry registry;

  TagController(Registry registry) {
    this.registry = registry;
  }

  @GetMapping
  TagPage list(
      @RequestParam String image,
      @RequestParam(defaultValue = "50") int size,
      @RequestParam(required = false) @Nullable String cursor) {
    ListTagsOptions options = ListTagsOptions.defaults().withPageSize(size);
    if (cursor != null) {
      options = options.withCursor(new PageCursor(cursor));
    }
    return TagPage.of(registry.listTags(ImageRef.of(image), options).firstPage());
  }

  @GetMapping("/{tag}")
  TagView read(@PathVariable String tag, @RequestParam String image) {
    return TagView.of(registry.getTag(ImageRef.of(image), tag));
  }

  /** For whoever can reach this service: put Spring Security in front of it. */
  @DeleteMapping("/{tag}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String tag, @RequestParam String image, @RequestParam String digest) {
    DeleteOptions asSeen = DeleteOptions.defaults().onlyIfDigest(digest);
    registry.deleteTag(ImageRef.of(image), tag, asSeen);
  }
}
// end
